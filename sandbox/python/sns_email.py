"""Makes e-mail subscriptions of ministack's SNS behave as in AWS, one function for each difference.

ministack confirms them at birth and discards their mail. `apply()` lists what is changed. Each has a contract test in
test/sandbox/sns-email.test.ts, through the AWS SDK. Paths of our own:

  GET  /confirmation.html, /unsubscribe.html   what the links in mails lead to
  GET  /_sandbox/sns                           every e-mail subscription there ever was, and what it was sent
  POST /_sandbox/sns                           {"inbox": where mails are posted, "pendingSeconds": 48 hours in AWS}
  POST /_sandbox/sns/unprotect?ARN             from now on anybody who has its link may unsubscribe it
  POST /_sandbox/sns/remove?ARN                ends it, whatever its state
"""

import json
import time

from ministack.services import sns
from ministack.services.cloudformation import provisioners
from sns_letters import notification
from sns_paths import serve_links_and_register
from sns_register import is_protected, put_back, register, set_confirmed, signed, take_out

MOST_IN_A_SECOND = 10


def refused(code, message, status):
    return sns._error(code, message if status == 403 else f"Invalid parameter: {message}", status)


def given_attributes(params):
    given, number = {}, 1
    while name := sns._p(params, f"Attributes.entry.{number}.key"):
        given[name] = sns._p(params, f"Attributes.entry.{number}.value")
        number += 1
    return given


def same_value(one, other):
    try:
        return json.loads(one or "{}") == json.loads(other or "{}")
    except ValueError:
        return one == other


def result_of(action, arn):
    result = f"<{action}Result><SubscriptionArn>{arn}</SubscriptionArn></{action}Result>"
    return sns._xml(200, f"{action}Response", result)


def wait_for_confirmation():
    """A new e-mail subscription is pending and is sent a token. Subscribing a pending one again sends another."""
    original = sns._subscribe

    def subscribe(params):
        if sns._p(params, "Protocol") != "email":
            return original(params)
        topic, error = sns._get_topic(sns._p(params, "TopicArn"), "sns:Subscribe")
        if error is not None:
            return error
        endpoint = sns._p(params, "Endpoint")
        if "@" not in endpoint:
            return refused("InvalidParameter", "Email address", 400)
        present = [sub for sub in topic["subscriptions"] if (sub["protocol"], sub["endpoint"]) == ("email", endpoint)]
        if present:
            [sub] = present
            given = given_attributes(params)
            if any(not same_value(sub["attributes"].get(name), value) for name, value in given.items()):
                reason = "Attributes Reason: Subscription already exists with different attributes"
                return refused("InvalidParameter", reason, 400)
        else:
            original(params)
            sub = topic["subscriptions"][-1]
            register.add(sub)
            set_confirmed(sub, False)
        if not sub["confirmed"]:
            register.ask(sub)
        named = sub["confirmed"] or sns._p(params, "ReturnSubscriptionArn") == "true"
        return result_of("Subscribe", sub["arn"] if named else "pending confirmation")

    sns._subscribe = subscribe


def remember_authentication():
    """AuthenticateOnUnsubscribe needs a signed call, and protects only what was not confirmed before."""
    original = sns._confirm_subscription

    def confirm(params):
        topic, token = sns._p(params, "TopicArn"), sns._p(params, "Token")
        found = [sub for sub in register.subs.values() if sub["topic_arn"] == topic and token in sub["tokens"]]
        if not found:
            return original(params)
        [sub] = found
        protect = sns._p(params, "AuthenticateOnUnsubscribe") == "true"
        if protect and not signed.get():
            return refused("AuthorizationError", "AuthenticateOnUnsubscribe requires authentication", 403)
        if sub["arn"] in register.deleted():
            put_back(sub)
        elif sub["arn"] not in register.live():
            return refused("InvalidParameter", "Token", 400)
        if not sub["confirmed"]:
            sub["cut_off"] = False
            set_confirmed(sub, True, protect)
        return result_of("ConfirmSubscription", sub["arn"])

    sns._confirm_subscription = confirm


def unsubscribe_by_link():
    """Whoever has the link ends an unprotected subscription, and is sent a token to take it up again."""
    original = sns._unsubscribe

    def unsubscribe(params):
        arn = sns._p(params, "SubscriptionArn")
        if not arn.startswith("arn:"):
            return refused("InvalidParameter", "SubscriptionArn", 400)
        sub = register.live().get(arn)
        if sub is None:
            return original(params)
        if not sub["confirmed"]:
            reason = "SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation"
            return refused("InvalidParameter", reason, 400)
        if is_protected(sub) and not signed.get():
            return refused("AuthorizationError", "Unsubscribing requires authentication", 403)
        take_out(sub, ended=time.time())
        if not signed.get():
            register.say_goodbye(sub)
        return sns._xml(200, "UnsubscribeResponse", "")

    sns._unsubscribe = unsubscribe


def name_the_state_in_lists():
    """Lists have a word instead of the ARN of a subscription that is pending or was ended."""

    def with_words(original):
        def listing(params):
            status, headers, body = original(params)
            text = body.decode()
            for topic in sns._topics.values():
                for sub in topic["subscriptions"]:
                    if not sub.get("confirmed"):
                        text = text.replace(f">{sub['arn']}<", ">PendingConfirmation<")
            topic_arn = sns._p(params, "TopicArn")
            ended = "".join(
                f"<member><SubscriptionArn>Deleted</SubscriptionArn><Owner>{sub['owner']}</Owner>"
                f"<TopicArn>{sub['topic_arn']}</TopicArn><Protocol>email</Protocol>"
                f"<Endpoint>{sns._xml_escape(sub['endpoint'])}</Endpoint></member>"
                for sub in register.deleted().values()
                if topic_arn in ("", sub["topic_arn"])
            )
            return status, headers, text.replace("</Subscriptions>", f"{ended}</Subscriptions>").encode()

        return listing

    sns._list_subscriptions = with_words(sns._list_subscriptions)
    sns._list_subscriptions_by_topic = with_words(sns._list_subscriptions_by_topic)


def deliver_until_cut_off():
    """Mails reach the inbox. More than ten in one second, counted after filters, make the subscription pending."""
    original = sns._fanout

    def attempt(sub, subject, text):
        with register.lock:
            if not sub["confirmed"]:
                sub["lost"] += 1
                return
            now = time.time()
            sub["sent"].append(now)
            begin = max(now - 1, sub["since"])
            if sum(at > begin for at in sub["sent"][-MOST_IN_A_SECOND - 1 :]) <= MOST_IN_A_SECOND:
                register.postman.send(sub["endpoint"], notification(sub, subject, text))
                return
            sub.update(lost=sub["lost"] + 1, cut_off=True, since=now, tokens=[])
            set_confirmed(sub, False)

    def fanout(topic_arn, msg_id, message, subject, message_structure="", message_attributes=None, **more):
        original(topic_arn, msg_id, message, subject, message_structure, message_attributes, **more)
        for sub in (sns._topic_by_arn_any_scope(topic_arn) or {}).get("subscriptions", []):
            if sub["arn"] in register.subs:
                text = sns._resolve_message_for_protocol(message, message_structure, "email")
                if sns._matches_filter_policy(sub, message_attributes or {}, text):
                    attempt(sub, subject, text)

    sns._fanout = fanout
    sns.logger.addFilter(lambda record: "email %s (stub)" not in str(record.msg))


def subscribe_from_templates():
    """CloudFormation calls Subscribe, which may answer with a subscription that is there already. It cannot delete what is
    pending, and says that it did. It fails to update what is gone: it reads the subscription first."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::SNS::Subscription"]
    create_any, delete_any = provisioners._sns_sub_create, provisioners._sns_sub_delete
    update_any = handlers["update"]

    def create(logical_id, props, stack_name):
        if props.get("Protocol") != "email":
            return create_any(logical_id, props, stack_name)
        wanted = {name: props.get(name, "") for name in ("TopicArn", "Protocol", "Endpoint")}
        for number, (name, value) in enumerate(provisioners._sns_sub_attributes(props).items(), 1):
            wanted.update({f"Attributes.entry.{number}.key": name, f"Attributes.entry.{number}.value": value})
        status, _, body = sns._subscribe({**wanted, "ReturnSubscriptionArn": "true"})
        if status >= 400:
            raise ValueError(f"AWS::SNS::Subscription was not created: {body.decode()}")
        arn = body.decode().split("<SubscriptionArn>")[1].split("<")[0]
        return arn, {"Arn": arn}

    def update(physical_id, old_props, new_props, *more, **named):
        if new_props.get("Protocol") == "email" and physical_id not in register.live():
            raise ValueError(f"AWS::SNS::Subscription was not updated: {physical_id} was not found")
        return update_any(physical_id, old_props, new_props, *more, **named)

    def delete(physical_id, props):
        sub = register.live().get(physical_id)
        if sub is None:
            delete_any(physical_id, props)
        elif sub["confirmed"]:
            take_out(sub, ended=time.time())

    provisioners._sns_sub_create = create
    provisioners._sns_sub_delete = delete
    handlers.update(create=create, update=update, delete=delete)


def tell_signed_calls():
    """Looks at a call's signature, which ministack does not pass on, and removes first what was pending too long."""
    original = sns.handle_request

    async def handle_request(method, path, headers, body, query_params):
        register.expire()
        signed.set("authorization" in headers or "X-Amz-Signature" in query_params)
        return await original(method, path, headers, body, query_params)

    sns.handle_request = handle_request


def apply():
    wait_for_confirmation()
    remember_authentication()
    unsubscribe_by_link()
    name_the_state_in_lists()
    deliver_until_cut_off()
    subscribe_from_templates()
    tell_signed_calls()
    serve_links_and_register()
