"""The addresses that stand in SNS's mails, and those at which the sandbox's tests see and set its subscriptions."""

import json
import time
from urllib.parse import parse_qs, unquote

from ministack import app
from ministack.core.responses import request_scope
from ministack.services import sns
from sns_register import is_protected, register, scope_of, set_confirmed, signed, take_out

OWN = "/_sandbox/sns"
LINKS = ("/confirmation.html", "/unsubscribe.html")


def follow(path, query):
    """What a browser sees that opens a link out of a mail: status and text."""
    register.expire()
    params = parse_qs(query)
    confirming = path == "/confirmation.html"
    arn = sns._p(params, "TopicArn" if confirming else "SubscriptionArn")
    if not arn.startswith("arn:aws:sns:"):
        return 400, "This link is not complete."
    signed.set(False)
    with request_scope(*scope_of(arn)):
        status, _, _ = (sns._confirm_subscription if confirming else sns._unsubscribe)(params)
    if confirming:
        return status, "Subscription confirmed!" if status < 400 else "This link is not valid."
    return status, "Subscription removed!" if status < 400 else "Subscription not removed."


def state_of(sub, live):
    if sub["arn"] not in live:
        return "removed"
    if not sub["confirmed"]:
        return "pending"
    return "confirmed" if is_protected(sub) else "unprotected"


def overview():
    register.expire()
    live = register.live()
    return [
        {
            "arn": sub["arn"],
            "topicArn": sub["topic_arn"],
            "address": sub["endpoint"],
            "state": state_of(sub, live),
            "cutOff": sub["cut_off"],
            "filterPolicy": json.loads(sub["attributes"].get("FilterPolicy") or "{}"),
            "sentAt": [round(at * 1000) for at in sub["sent"]],
            "lost": sub["lost"],
        }
        for sub in register.subs.values()
    ]


def change(path, query, body):
    if path == f"{OWN}/unprotect":
        set_confirmed(register.subs[unquote(query)], True, False)
    elif path == f"{OWN}/remove":
        take_out(register.subs[unquote(query)], ended=time.time())
    else:
        wanted = json.loads(body)
        register.postman.inbox = wanted["inbox"]
        register.pending_seconds = wanted["pendingSeconds"]


def serve_links_and_register():
    original = app.app

    async def serving(scope, receive, send):
        path = scope.get("path", "")
        query = scope.get("query_string", b"").decode()
        if path in LINKS:
            # A mail scanner sends HEAD before it sends GET. Only GET does something.
            status, text = follow(path, query) if scope["method"] == "GET" else (200, "")
            await answer(send, status, "text/plain; charset=utf-8", f"{text}\n")
        elif path.startswith(OWN):
            if scope["method"] == "POST":
                change(path, query, await read(receive))
            await answer(send, 200, "application/json", json.dumps(overview()))
        else:
            await original(scope, receive, send)

    app.app = serving


async def read(receive):
    body, more = b"", True
    while more:
        part = await receive()
        body += part.get("body", b"")
        more = part.get("more_body", False)
    return body


async def answer(send, status, content_type, text):
    body = text.encode()
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
