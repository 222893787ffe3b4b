"""Makes moto's credential report like that of AWS. Each function fixes one difference; `apply()` lists them.

Contract tests, through the AWS SDK: test/sandbox/credential-report.test.ts.
"""

import csv
import io

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.iam.exceptions import ReportNotPresentException
from moto.iam.models import IAMBackend
from moto.iam.responses import IamResponse

SLOTS = 2
KEY_COLUMNS = ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")
COLUMNS = [
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    *(f"access_key_{slot}_{column}" for slot in (1, 2) for column in KEY_COLUMNS),
    "cert_1_active",
    "cert_1_last_rotated",
    "cert_2_active",
    "cert_2_last_rotated",
]
NO_KEY = ["false", "N/A", "N/A", "N/A", "N/A"]
NO_CERTIFICATES = ["false", "N/A", "false", "N/A"]
ACCOUNT_BEGAN = "2015-03-02T09:00:00+00:00"


def shown(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%S+00:00")


def root_row(account):
    """The row of the root user, which comes first. Some columns do not apply to it."""
    password = ["not_supported", "no_information", "not_supported", "not_supported"]
    arn = f"arn:aws:iam::{account}:root"
    return ["<root_account>", arn, ACCOUNT_BEGAN, *password, "true", *NO_KEY, *NO_KEY, *NO_CERTIFICATES]


def password_columns(user):
    if not user.password:
        return ["false", "N/A", "N/A", "N/A"]
    used = user.password_last_used
    return ["true", shown(used) if used else "no_information", shown(user.create_date), "N/A"]


def key_columns(key):
    """The columns of one key. last_rotated is when the key was created; deactivating it does not change that."""
    active = "true" if key.status == "Active" else "false"
    used = key.last_used
    usage = [shown(used.timestamp), used.region, used.service] if used else ["N/A", "N/A", "N/A"]
    return [active, shown(key.create_date), *usage]


def certificate_columns(user):
    columns = []
    for certificate in list(user.signing_certificates.values())[:SLOTS]:
        columns += ["true" if certificate.status == "Active" else "false", shown(certificate.upload_date)]
    return columns + NO_CERTIFICATES[len(columns) :]


def user_row(user):
    """The slots are in ascending order of key ids, not in the order the keys were made."""
    keys = sorted(user.access_keys, key=lambda key: key.access_key_id)[:SLOTS]
    slots = [key_columns(key) for key in keys] + [NO_KEY] * (SLOTS - len(keys))
    mfa = "true" if user.mfa_devices else "false"
    about = [user.name, user.arn, shown(user.create_date), *password_columns(user), mfa]
    return [*about, *slots[0], *slots[1], *certificate_columns(user)]


def more_than_fits(user):
    count = len(user.access_keys) - SLOTS
    return f"{count} more access keys; list them with ListAccessKeys" if count > 0 else "N/A"


def report_has_the_columns_of_aws(account, users):
    """22 columns, and as documented a 23rd only if a user has more keys than the two slots, which is rare."""
    rows = [COLUMNS, root_row(account), *map(user_row, users)]
    if any(len(user.access_keys) > SLOTS for user in users):
        last = ["additional_credentials_info", "N/A", *map(more_than_fits, users)]
        rows = [[*row, cell] for row, cell in zip(rows, last)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().rstrip("\n")


def report_is_of_the_moment_it_was_generated():
    """moto generates the report when it is read, and says that it was generated in 2015."""

    def generate_report(self):
        text = report_has_the_columns_of_aws(self.account_id, list(self.users.values()))
        self.credential_report = {"text": text, "generated": utcnow().replace(microsecond=0)}

    def get_credential_report(self):
        if not self.credential_report:
            raise ReportNotPresentException("No report is present. Generate a new report.")
        return self.credential_report

    def get(self):
        report = self.backend.get_credential_report()
        return ActionResult(
            {"Content": report["text"], "ReportFormat": "text/csv", "GeneratedTime": report["generated"]}
        )

    IAMBackend.generate_report = generate_report
    IAMBackend.get_credential_report = get_credential_report
    IamResponse.get_credential_report = get


def apply():
    report_is_of_the_moment_it_was_generated()
