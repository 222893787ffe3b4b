"""The e-mail subscriptions of ministack's SNS, with what AWS knows about them and ministack does not."""

import contextvars
import secrets
import threading
import time

from ministack.core.responses import request_scope
from ministack.services import sns
from sns_letters import Postman, cancellation, confirmation

TOKEN_BYTES = 124

# An API call says by its signature whether it is authenticated. What CloudFormation does always is.
signed = contextvars.ContextVar("signed", default=True)


class Register:
    """All subscriptions by ARN, those that ended included. Each is ministack's own record with additional fields."""

    def __init__(self):
        self.subs = {}
        self.postman = Postman()
        self.pending_seconds = 48 * 3600
        self.lock = threading.Lock()

    def add(self, sub):
        sub.update(tokens=[], since=0, ended=0, cut_off=False, sent=[], lost=0)
        self.subs[sub["arn"]] = sub

    def live(self):
        """Those that a topic has, by ARN."""
        topics = {sub["topic_arn"]: topic_of(sub) for sub in self.subs.values()}
        present = {one["arn"] for topic in topics.values() for one in topic.get("subscriptions", [])}
        return {arn: sub for arn, sub in self.subs.items() if arn in present}

    def deleted(self):
        """Those that somebody ended. Lists show them for a while unless the address is subscribed again."""
        taken = {(sub["topic_arn"], sub["endpoint"]) for sub in self.live().values()}
        oldest = time.time() - self.pending_seconds
        return {
            arn: sub
            for arn, sub in self.subs.items()
            if sub["ended"] > oldest and (sub["topic_arn"], sub["endpoint"]) not in taken
        }

    def ask(self, sub):
        """Sends a confirmation mail. Earlier tokens of this subscription stay valid."""
        sub["since"] = time.time()
        self.postman.send(sub["endpoint"], confirmation(sub, new_token(sub)))

    def say_goodbye(self, sub):
        """Sends a mail with which the address can take up again what somebody has ended by a link."""
        self.postman.send(sub["endpoint"], cancellation(sub, new_token(sub)))

    def expire(self):
        """Removes what was pending too long. AWS does so at any time, here it is done before each call."""
        oldest = time.time() - self.pending_seconds
        for sub in self.live().values():
            if not sub["confirmed"] and sub["since"] <= oldest:
                take_out(sub, ended=-1)


def new_token(sub):
    sub["tokens"].append(secrets.token_hex(TOKEN_BYTES))
    return sub["tokens"][-1]


def scope_of(arn):
    region, account = arn.split(":")[3:5]
    return account, region


def topic_of(sub):
    return sns._topics.get_scoped(*scope_of(sub["topic_arn"]), sub["topic_arn"]) or {}


def set_confirmed(sub, confirmed, authenticated=False):
    sub["confirmed"] = confirmed
    sub["attributes"]["PendingConfirmation"] = str(not confirmed).lower()
    sub["attributes"]["ConfirmationWasAuthenticated"] = str(authenticated).lower()
    sns._refresh_subscription_counts(topic_of(sub))


def is_protected(sub):
    return sub["attributes"]["ConfirmationWasAuthenticated"] == "true"


def put_back(sub):
    with request_scope(*scope_of(sub["arn"])):
        topic_of(sub)["subscriptions"].append(sub)
        sns._sub_arn_to_topic[sub["arn"]] = sub["topic_arn"]
        sub["ended"] = 0


def take_out(sub, ended):
    topic = topic_of(sub)
    with request_scope(*scope_of(sub["arn"])):
        topic["subscriptions"] = [one for one in topic["subscriptions"] if one is not sub]
        sns._sub_arn_to_topic.pop(sub["arn"], None)
    sub.update(ended=ended, tokens=[])
    set_confirmed(sub, False)


register = Register()
