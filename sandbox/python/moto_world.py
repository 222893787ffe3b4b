"""Runs moto's server (IAM and STS: the managed estate) with the repairs applied and a few routes for the sandbox.

Usage: moto_world.py PORT ACCOUNT
  POST /sandbox/key   {accessKeyId, created?, lastUsed?: {at, service, region} | null}   back-dates a key
  POST /sandbox/users [{userName, path?, created?, tags?, policies?: [ARN], keys?: [{status?, created?, lastUsed?}]}]
                                                                                         makes them all
  POST /sandbox/forget [userName]                                                        unmakes them, without events
  GET  /sandbox/users                                                                    the truth, past every fault
  GET  /sandbox/owner/ID                                                                 the user a key belongs to
  GET  /sandbox/requests                                                                 signed requests so far
  GET  /sandbox/health
"""

import json
import re
import signal
import sys

import moto_repairs
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from requests_seen import RequestsSeen
from werkzeug.serving import run_simple


def iso(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def show_key(key):
    used = key.last_used
    return {
        "accessKeyId": key.access_key_id,
        "status": key.status,
        "created": iso(key.create_date),
        "lastUsed": {"at": iso(used._timestamp), "service": used.service, "region": used.region} if used else None,
    }


def show_user(user):
    return {
        "userName": user.name,
        "userId": user.id,
        "arn": user.arn,
        "path": user.path,
        "created": iso(user.create_date),
        "tags": {tag["Key"]: tag["Value"] for tag in user.tags or []},
        "keys": [show_key(key) for key in list(user.access_keys)],
    }


def show_owner(backend, access_key_id):
    key = backend.access_keys.get(access_key_id)
    if key is None or key.user_name is None:
        return 404, {"error": f"no user has key {access_key_id}"}
    user = backend.get_user(key.user_name)
    return 200, {"userName": user.name, "userId": user.id, "arn": user.arn}


def back_date(backend, wish):
    key = backend.access_keys.get(wish["accessKeyId"])
    if key is None:
        return 404, {"error": f"no key {wish['accessKeyId']}"}
    if "created" in wish:
        key.create_date = moto_repairs.parse_instant(wish["created"])
    if "lastUsed" in wish:
        used = wish["lastUsed"]
        if used is None:
            key.last_used = None
        else:
            moto_repairs.set_last_used(key, used["at"], used["service"], used["region"])
    return 200, show_key(key)


def make_user(backend, wish):
    """Creates a user with any number of keys at once and without events, to set up thousands of users."""
    tags = [{"Key": key, "Value": value} for key, value in wish.get("tags", {}).items()]
    user = backend.create_user("us-east-1", wish["userName"], wish.get("path", "/"), tags)
    if "created" in wish:
        user.create_date = moto_repairs.parse_instant(wish["created"])
    for arn in wish.get("policies", []):
        backend.attach_user_policy(arn, user.name)
    keys = []
    for asked in wish.get("keys", []):
        key = user.create_access_key(prefix="AKIA", status=asked.get("status", "Active"))
        backend.access_keys[key.access_key_id] = key
        back_date(backend, {**asked, "accessKeyId": key.access_key_id})
        keys.append(key.access_key_id)
    return {"userName": user.name, "userId": user.id, "keys": keys}


def forget_user(backend, name):
    """Takes a user out of the account as if they had never been there."""
    user = backend.get_user(name)
    for policy in list(user.managed_policies.values()):
        policy.detach_from(user)
    for key in list(user.access_keys):
        backend.access_keys.pop(key.access_key_id, None)
    backend.tagger.delete_all_tags_for_resource(user.arn)
    backend.users.pop(name)
    return name


INACTIVE_KEY = b"""<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>
<Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error>
<RequestId>sandbox</RequestId></ErrorResponse>"""


def signed_with_inactive_key(backend, environ):
    """moto lets a deactivated key go on calling; AWS refuses it, which is the point of deactivating one."""
    signer = re.search(r"Credential=(\w+)/", environ.get("HTTP_AUTHORIZATION", ""))
    key = backend.access_keys.get(signer.group(1)) if signer else None
    return key is not None and key.status != "Active"


class SandboxRoutes:
    """Answers /sandbox/ itself and leaves everything else to moto."""

    def __init__(self, moto, account):
        self.moto = moto
        self.account = account
        self.seen = RequestsSeen()

    def answer(self, method, path, body):
        backend = iam_backends[self.account]["aws"]
        if path == "/sandbox/health":
            return 200, {"ok": True}
        if method == "GET" and path == "/sandbox/requests":
            return 200, self.seen.show()
        if method == "GET" and path == "/sandbox/users":
            return 200, [show_user(user) for user in list(backend.users.values())]
        if method == "GET" and path.startswith("/sandbox/owner/"):
            return show_owner(backend, path.rsplit("/", 1)[-1])
        if method == "POST" and path == "/sandbox/users":
            return 200, [make_user(backend, wish) for wish in json.loads(body)]
        if method == "POST" and path == "/sandbox/forget":
            return 200, [forget_user(backend, name) for name in json.loads(body)]
        if method == "POST" and path == "/sandbox/key":
            return back_date(backend, json.loads(body))
        return 404, {"error": "no such sandbox route"}

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/sandbox/"):
            self.seen.note(environ.get("HTTP_AUTHORIZATION"), environ.get("HTTP_X_AMZ_SECURITY_TOKEN"))
            if signed_with_inactive_key(iam_backends[self.account]["aws"], environ):
                size = str(len(INACTIVE_KEY))
                start_response("403 -", [("Content-Type", "text/xml"), ("Content-Length", size)])
                return [INACTIVE_KEY]
            return self.moto(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        try:
            status, answer = self.answer(environ["REQUEST_METHOD"], path, body)
        except (ValueError, KeyError, TypeError) as problem:
            status, answer = 400, {"error": repr(problem)}
        text = json.dumps(answer).encode()
        start_response(f"{status} -", [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]


def main(port, account):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    moto_repairs.apply()
    moto = DomainDispatcherApplication(create_backend_app)
    MotoRequestHandler.protocol_version = "HTTP/1.1"
    run_simple(
        "127.0.0.1", port, SandboxRoutes(moto, account), threaded=True, request_handler=MotoRequestHandler
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
