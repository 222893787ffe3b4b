"""Lets the gateway ask moto for a part of the account's users: moto writes all of them for every page.

For thousands of users that took a second a page. The gateway still decides which users a page shows (gateway/paging.ts).
"""

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse


def details_begin_where_asked():
    """Reads from a header how many users to return at most, and the name after which they begin."""

    def get_account_authorization_details(self):
        details = self.backend.get_account_authorization_details(self._get_param("Filter", []))
        users = list(details["users"])
        most = self.headers.get("x-sandbox-most")
        if most:
            after = self.headers.get("x-sandbox-after", "")
            later = (user for user in users if user.name > after)
            users = sorted(later, key=lambda user: user.name)[: int(most)]
        return ActionResult(
            {
                "UserDetailList": users,
                "GroupDetailList": details["groups"],
                "RoleDetailList": details["roles"],
                "Policies": details["managed_policies"],
                "IsTruncated": False,
            }
        )

    IamResponse.get_account_authorization_details = get_account_authorization_details


def apply():
    details_begin_where_asked()
