"""Counts the signed requests that reach an emulator's own port: what the gateway says it passed on, told by the other end.

A call of a deployed function that went past the gateway shows here and not there.
"""

import base64
import json
import re
import threading
from collections import Counter

SCOPE = re.compile(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/aws4_request")


def session_in(token):
    """The function in the session token that ministack_world.py makes, or None for any other token."""
    try:
        return json.loads(base64.urlsafe_b64decode(token))["session"]
    except (ValueError, KeyError, TypeError):
        return None


class RequestsSeen:
    """By caller (a function's name, else the access key id) and by the service in the signature."""

    def __init__(self):
        self.counter = Counter()
        self.lock = threading.Lock()

    def note(self, authorization, token):
        signed = SCOPE.search(authorization or "")
        if signed:
            key, service = signed.groups()
            with self.lock:
                self.counter[session_in(token) or key, service] += 1

    def show(self):
        with self.lock:
            return [
                {"caller": caller, "service": service, "count": count}
                for (caller, service), count in self.counter.items()
            ]
