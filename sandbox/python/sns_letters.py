"""What SNS itself writes in mails, and the way from SNS to the sandbox's inbox.

Links have AWS's own form, so that whoever reads one out of a mail meets what AWS sends. The sandbox serves the same
paths on its own addresses, where its pages make the links lead.
"""

import json
import logging
import queue
import threading
import urllib.request
from urllib.parse import quote

PATIENCE = 30  # seconds that an inbox may take for one mail

logger = logging.getLogger("sns_letters")


def link(region, page, **parameters):
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return f"https://sns.{region}.amazonaws.com/{page}.html?{query}"


def region_of(arn):
    return arn.split(":")[3]


def confirmation(sub, token):
    topic = sub["topic_arn"]
    url = link(region_of(topic), "confirmation", TopicArn=topic, Token=token, Endpoint=sub["endpoint"])
    return {
        "Type": "SubscriptionConfirmation",
        "Subject": "AWS Notification - Subscription Confirmation",
        "Message": f"You have chosen to subscribe to the topic:\n{topic}\n\n"
        "To confirm this subscription, click or visit the link below (If this was in error no action is necessary):\n"
        f"{url}",
    }


def cancellation(sub, token):
    topic = sub["topic_arn"]
    url = link(region_of(topic), "confirmation", TopicArn=topic, Token=token, Endpoint=sub["endpoint"])
    return {
        "Type": "UnsubscribeConfirmation",
        "Subject": "AWS Notification - Unsubscribe Confirmation",
        "Message": f"Your subscription to the topic below has been deactivated:\n{topic}\n\n"
        f"If this was in error or you wish to resubscribe, click or visit the link below to resubscribe:\n{url}",
    }


def notification(sub, subject, text):
    arn = sub["arn"]
    url = link(region_of(arn), "unsubscribe", SubscriptionArn=arn, Endpoint=sub["endpoint"])
    return {
        "Type": "Notification",
        "Subject": subject or "AWS Notification Message",
        "Message": text,
        "Footer": "--\nIf you wish to stop receiving notifications from this topic, please click or visit the link "
        f"below to unsubscribe:\n{url}\n\n"
        "Please do not reply directly to this email. If you have any questions or comments regarding this email, "
        "please contact us at https://aws.amazon.com/support",
    }


class Postman:
    """Brings mails to the inbox one after the other, so that they arrive in the order in which they were sent."""

    def __init__(self):
        self.inbox = None
        self.bag = queue.Queue()
        threading.Thread(target=self._walk, daemon=True).start()

    def send(self, endpoint, letter):
        self.bag.put((endpoint, letter))

    def _walk(self):
        while True:
            endpoint, letter = self.bag.get()
            if self.inbox is None:
                logger.warning("there is no inbox for the mail %r", letter["Subject"])
                continue
            try:
                request = urllib.request.Request(
                    f"{self.inbox}/{quote(endpoint, safe='')}", data=json.dumps(letter).encode(), method="POST"
                )
                urllib.request.urlopen(request, timeout=PATIENCE).close()
            except OSError as error:
                logger.warning("the mail %r did not reach the inbox: %s", letter["Subject"], error)
