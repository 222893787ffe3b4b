"""Runs ministack (everything the template deploys) with the few changes the sandbox needs.

Usage: ministack_world.py   (port, region and account come from the environment, as ministack reads them)
  GET /_sandbox/requests   signed requests so far
  /_sandbox/sns            e-mail subscriptions: see sns_email.py
"""

import base64
import copy
import json
import os
import subprocess
from urllib.parse import urlsplit

from ministack import app
from ministack.core import lambda_runtime
from ministack.services import apigateway, eventbridge, lambda_svc, sns, sqs
from ministack.services.cloudformation import provisioners
from requests_seen import RequestsSeen
import sns_email


def name_the_role_in_credentials():
    """ministack gives all functions one credential; AWS gives each its role's session, and CloudTrail shows it.

    The session token carries role and function name in the open, so that the gateway can identify the caller. The access
    key id stays the account number: by it ministack finds the account.
    """
    original = lambda_runtime.execution_credentials

    def execution_credentials(config):
        session = {
            "role": config.get("Role", "").rsplit("/", 1)[-1],
            "session": config.get("FunctionName", ""),
        }
        token = base64.urlsafe_b64encode(json.dumps(session).encode()).decode()
        return {**original(config), "AWS_SESSION_TOKEN": token}

    lambda_runtime.execution_credentials = execution_credentials
    lambda_svc.execution_credentials = execution_credentials


def let_the_gateway_speak_for_aws():
    """ministack refuses sources that begin with "aws.", as AWS does for customers; CloudTrail's are from AWS itself.

    The gateway stands in for CloudTrail and says so with a field that no SDK sends. Deployed code is still refused.
    """
    original = eventbridge._put_events

    def put_events(data, allow_aws_source=False):
        return original(data, allow_aws_source or bool(data.pop("SandboxCloudTrail", False)))

    eventbridge._put_events = put_events


def advertise_the_gateway():
    """ministack writes its own port into queue URLs and SNS links, and the SDK sends to a queue URL's own host.

    With the gateway's port in them, messages sent by deployed functions are counted like every other call.
    """
    port = str(urlsplit(os.environ["AWS_ENDPOINT_URL"]).port)
    sqs.DEFAULT_PORT = port
    sqs._CANONICAL_NETLOC = f"{sqs.DEFAULT_HOST}:{port}"
    sns._PORT = port


def give_apis_a_host_name():
    """ministack ends an API's domain name in our 127.0.0.1, and `a1b2.execute-api.127.0.0.1` is no host of any URL.

    Functions build the URL of their request from that name, so every page would answer 400.
    """
    apigateway._HOST = "localhost"


def look_at_schedules_every_second():
    """ministack checks schedules every ten seconds, which makes rate(1 minute) late by up to ten seconds."""
    eventbridge._SCHEDULER_TICK_INTERVAL = 1


class SubprocessWithHeapLimit:
    """Python's subprocess, as the module that starts functions sees it."""

    def __getattr__(self, name):
        return getattr(subprocess, name)

    def Popen(self, args, env=None, **options):
        memory = int((env or {}).get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 0))
        if memory:
            young = memory // 10
            limits = [f"--max-semi-space-size={young // 2}", f"--max-old-space-size={memory - young}"]
            args = [args[0], *limits, *args[1:]]
        return subprocess.Popen(args, env=env, **options)


def limit_heaps_as_lambda_does():
    """Lambda's start script gives Node a tenth of the function's memory for new objects and the rest for old ones.

    Without a limit Node takes the machine's memory for its own, and collects garbage when there are gigabytes of it.
    """
    lambda_runtime.subprocess = SubprocessWithHeapLimit()


def update_tables_in_place():
    """ministack can update a table of a stack in place, with UpdateTable, but not one that the CDK's TableV2 makes.

    For that type it forgets the logical id, derives another name without it, and puts an empty table there. And it keeps
    the template's own lists as the table's, so that they change with the table, and every update looks like a change.
    """
    tables = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"]
    create = tables["create"]

    def create_from_copy(logical_id, props, stack_name):
        return create(logical_id, copy.deepcopy(props), stack_name)

    def update(physical_id, old_props, new_props, stack_name, logical_id):
        return provisioners._ddb_update(
            physical_id, old_props, copy.deepcopy(new_props), stack_name, logical_id
        )

    tables.update(create=create_from_copy, update=update, update_with_logical_id=True)


def count_requests():
    """Counts every signed request that arrives, from any sender, and returns the counts on a path of our own."""
    original = app.app
    seen = RequestsSeen()

    async def counted(scope, receive, send):
        if scope["type"] == "http" and scope["path"] == "/_sandbox/requests":
            body = json.dumps(seen.show()).encode()
            headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        if scope["type"] == "http":
            headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
            seen.note(headers.get(b"authorization"), headers.get(b"x-amz-security-token"))
        await original(scope, receive, send)

    app.app = counted


if __name__ == "__main__":
    count_requests()
    name_the_role_in_credentials()
    let_the_gateway_speak_for_aws()
    advertise_the_gateway()
    give_apis_a_host_name()
    look_at_schedules_every_second()
    limit_heaps_as_lambda_does()
    update_tables_in_place()
    sns_email.apply()
    app.main()
