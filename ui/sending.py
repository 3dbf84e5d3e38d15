"""Sending a digest off: by mail, or to an incoming webhook of Slack or Teams.

Addresses of webhooks are secrets: like the mail password they come from the environment
only, and no message names them.
"""

import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from index.address import is_web_address
from index.config import Config, Mail
from index.digest import Digest
from index.errors import ConfigError, KnowledgeBaseError
from ui.mail import mail_digest
from ui.message import slack_message, teams_message

PASSWORD = "REINVENT_KB_SMTP_PASSWORD"
WEBHOOKS = {"slack": "REINVENT_KB_SLACK_WEBHOOK", "teams": "REINVENT_KB_TEAMS_WEBHOOK"}
SECONDS = 20.0


def send_digest(
    digest: Digest, way: str, config: Config, environment: Mapping[str, str] | None = None
) -> str:
    """Send it by smtp, slack or teams; one sentence on where it went.

    An empty digest is not sent. Raises ConfigError where a setting lacks and
    KnowledgeBaseError where the other side refuses or does not answer.
    """
    environment = os.environ if environment is None else environment
    if digest.empty:
        return f"{digest.period.label} holds nothing: nothing was sent"
    if way == "smtp":
        return _by_mail(digest, config.mail, environment.get(PASSWORD, ""))
    url = environment.get(WEBHOOKS[way], "")
    if not is_web_address(url):
        raise ConfigError(f"set it to the address of {way}'s incoming webhook", key=WEBHOOKS[way])
    _post(url, slack_message(digest) if way == "slack" else teams_message(digest), way)
    return f"{digest.period.label}: sent to {way}"


def _by_mail(digest: Digest, mail: Mail, password: str) -> str:
    for key, value in (("host", mail.host), ("sender", mail.sender), ("to", mail.to)):
        if not value:
            raise ConfigError("is needed for --send smtp; set it in config.toml", key=f"mail.{key}")
    if mail.user and not password:
        raise ConfigError(f"is needed for the user {mail.user!r}", key=PASSWORD)
    message = mail_digest(digest, mail.sender, mail.to)
    try:
        with smtplib.SMTP(mail.host, mail.port, timeout=SECONDS) as server:
            if mail.starttls:
                server.starttls(context=ssl.create_default_context())
            if mail.user:
                server.login(mail.user, password)
            refused = server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        # The server's own words may hold what it was told: name only their kind.
        what = getattr(error, "strerror", None) or type(error).__name__
        raise KnowledgeBaseError(
            f"{mail.host}:{mail.port} did not take the mail: {what}; check [mail] in config.toml"
        ) from error
    sent = len(mail.to) - len(refused)
    return f"{digest.period.label}: sent to {sent} of {len(mail.to)} by {mail.host}"


def _post(url: str, message: Mapping[str, Any], way: str) -> None:
    request = urllib.request.Request(
        url,
        data=json.dumps(message, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    try:
        with _OPENER.open(request, timeout=SECONDS) as answer:
            answer.read(1024)
    except urllib.error.HTTPError as error:
        raise KnowledgeBaseError(
            f"{way} refused the digest with status {error.code}; check {WEBHOOKS[way]}"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        raise KnowledgeBaseError(f"{way} does not answer: {reason}; try again later") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A webhook that sends elsewhere is no webhook: the message stays here."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)
