"""Fixes the differences between moto's IAM and AWS on which Solekey relies, one function for each.

`apply()` lists them all. Each has a contract test in test/sandbox/iam-repairs.test.ts, through the AWS SDK.
"""

import secrets
from datetime import datetime, timezone

import account_details
import credential_report
from moto.core.responses import ActionResult, EmptyResult
from moto.iam import models
from moto.iam.exceptions import (
    DeleteConflictException,
    EntityAlreadyExists,
    LimitExceededException,
    NoSuchEntity,
    NotFoundException,
    ValidationError,
)
from moto.iam.models import AccessKeyLastUsed, IAMBackend, User
from moto.iam.responses import IamResponse

UPPER_ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
STATUSES = ("Active", "Inactive")


class FoldedNames(dict):
    """A dictionary of users with case-insensitive names."""

    def __getitem__(self, name):
        return super().__getitem__(name.lower())

    def __setitem__(self, name, value):
        super().__setitem__(name.lower(), value)

    def __delitem__(self, name):
        super().__delitem__(name.lower())

    def __contains__(self, name):
        return super().__contains__(name.lower())

    def get(self, name, default=None):
        return super().get(name.lower(), default)

    def pop(self, name, *default):
        return super().pop(name.lower(), *default)


def parse_instant(text):
    """An ISO 8601 instant as the naive UTC datetime moto works with, to the second as IAM shows it."""
    instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if instant.tzinfo:
        instant = instant.astimezone(timezone.utc).replace(tzinfo=None)
    return instant.replace(microsecond=0)


def set_last_used(key, at, service, region):
    key.last_used = AccessKeyLastUsed(timestamp=parse_instant(at), service=service, region=region)


def upper_case_user_ids():
    """moto's user ids are twenty lower-case characters; AWS's start with AIDA and are upper case."""
    original = User.__init__

    def __init__(self, *args, **kwargs):
        original(self, *args, **kwargs)
        self.id = "AIDA" + "".join(secrets.choice(UPPER_ALNUM) for _ in range(17))

    User.__init__ = __init__


def names_fold_case():
    """moto distinguishes 'Alice' from 'alice'; in AWS both are the same user, and creating the second is a conflict."""
    original = IAMBackend.__init__

    def __init__(self, *args, **kwargs):
        original(self, *args, **kwargs)
        self.users = FoldedNames()

    IAMBackend.__init__ = __init__


def delete_user_needs_no_keys():
    """moto deletes a user together with the keys; AWS refuses until the keys are deleted."""
    original = IAMBackend.delete_user

    def delete_user(self, user_name):
        if self.get_user(user_name).access_keys:
            raise DeleteConflictException("Cannot delete entity, must delete access keys first.")
        original(self, user_name)

    IAMBackend.delete_user = delete_user


def rename_moves_keys_and_tags():
    """moto's UpdateUser leaves keys and tags under the old name and overwrites another user of the new name."""

    def update_user(self, user_name, new_path=None, new_user_name=None):
        user = self.get_user(user_name)
        if new_user_name and self.users.get(new_user_name, user) is not user:
            raise EntityAlreadyExists(f"User with name {new_user_name} already exists.")
        tags = self.tagger.list_tags_for_resource(user.arn)["Tags"]
        self.tagger.delete_all_tags_for_resource(user.arn)
        if new_path:
            user.path = new_path
        if new_user_name:
            self.users.pop(user_name)
            user.name = new_user_name
            self.users[new_user_name] = user
            for key in user.access_keys:
                key.user_name = new_user_name
        self.tagger.tag_resource(user.arn, tags)

    IAMBackend.update_user = update_user


def find_keys_by_id():
    """moto searches all keys of all accounts for one key. A lookup by id is fast and always finds the present owner."""

    def get_access_key_last_used(self, access_key_id):
        key = self.access_keys.get(access_key_id)
        if key is None or key.user_name is None:
            raise NotFoundException(f"The Access Key with id {access_key_id} cannot be found.")
        return {"user_name": key.user_name, "last_used": key.last_used}

    IAMBackend.get_access_key_last_used = get_access_key_last_used


def unnamed_user_is_the_caller():
    """Without UserName moto takes the key's owner or invents a user; AWS takes the caller, who must be a user."""

    def user_name(self):
        named = self._get_param("UserName")
        if named:
            return self.backend.get_user(named).name
        key = self.backend.access_keys.get(self.get_access_key())
        if key is None or key.user_name is None:
            raise ValidationError("Must specify userName when calling with non-User credentials")
        return key.user_name

    def get_user(self):
        return ActionResult({"User": self.backend.get_user(user_name(self))})

    def list_access_keys(self):
        name = user_name(self)
        keys = self.backend.list_access_keys(name)
        return ActionResult({"UserName": name, "AccessKeyMetadata": keys, "IsTruncated": False})

    def delete_access_key(self):
        self.backend.delete_access_key(self._get_param("AccessKeyId"), user_name(self))
        return EmptyResult()

    IamResponse.sandbox_user_name = user_name
    IamResponse.get_user = get_user
    IamResponse.list_access_keys = list_access_keys
    IamResponse.delete_access_key = delete_access_key


def status_is_checked():
    """moto stores any text as a key's status; AWS accepts only Active and Inactive."""

    def update_access_key(self):
        status = self._get_param("Status")
        if status not in STATUSES:
            raise ValidationError(
                f"1 validation error detected: Value '{status}' at 'status' failed to satisfy constraint: "
                "Member must satisfy enum value set: [Active, Inactive]"
            )
        name = self.sandbox_user_name()
        self.backend.update_access_key(name, self._get_param("AccessKeyId"), status)
        return EmptyResult()

    IamResponse.update_access_key = update_access_key


def creation_can_be_dated():
    """The sandbox needs old users and keys. Headers on the create call back-date them, so they never appear as new."""
    create_user = IamResponse.create_user

    def dated_user(self):
        result = create_user(self)
        if self.headers.get("x-sandbox-created"):
            user = self.backend.get_user(self._get_param("UserName"))
            user.create_date = parse_instant(self.headers["x-sandbox-created"])
        return result

    def create_access_key(self):
        user = self.backend.get_user(self.sandbox_user_name())
        quota = models.LIMIT_KEYS_PER_USER
        # AWS's quota is racy: users with more than two keys exist. The header makes one.
        if len(user.access_keys) >= quota and not self.headers.get("x-sandbox-no-quota"):
            raise LimitExceededException(f"Cannot exceed quota for AccessKeysPerUser: {quota}")
        key = user.create_access_key(prefix="AKIA")
        if self.headers.get("x-sandbox-created"):
            key.create_date = parse_instant(self.headers["x-sandbox-created"])
        if self.headers.get("x-sandbox-last-used-at"):
            set_last_used(
                key,
                self.headers["x-sandbox-last-used-at"],
                self.headers.get("x-sandbox-last-used-service", "s3"),
                self.headers.get("x-sandbox-last-used-region", "us-east-1"),
            )
        self.backend.access_keys[key.access_key_id] = key
        return ActionResult({"AccessKey": key})

    IamResponse.create_user = dated_user
    IamResponse.create_access_key = create_access_key


def missing_things_are_no_such_entity():
    """For a missing user or key moto has the right error code but its own message; this uses AWS's message."""

    def get_user(self, name):
        user = self.users.get(name)
        if not user:
            raise NoSuchEntity(f"The user with name {name} cannot be found.")
        return user

    def get_access_key_by_id(self, access_key_id):
        for key in self.access_keys:
            if key.access_key_id == access_key_id:
                return key
        raise NotFoundException(f"The Access Key with id {access_key_id} cannot be found.")

    IAMBackend.get_user = get_user
    User.get_access_key_by_id = get_access_key_by_id


def apply():
    upper_case_user_ids()
    names_fold_case()
    delete_user_needs_no_keys()
    rename_moves_keys_and_tags()
    find_keys_by_id()
    unnamed_user_is_the_caller()
    status_is_checked()
    creation_can_be_dated()
    missing_things_are_no_such_entity()
    credential_report.apply()
    account_details.apply()
