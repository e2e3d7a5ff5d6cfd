"""One connection per message, encrypted unless the settings say otherwise.

What is permanent: the server answers 5xx to this very message (sender, recipient or content).
Everything about the connection, the certificate or the log-in is temporary, because it says
nothing about the message, and an operator can mend it; so is a server that falls silent.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from pb_engine.api import Card, DeliveryFailed, LocalText, Message, Settings
from pb_engine.plugins.smtp.letter import Letter, letter
from pb_engine.plugins.smtp.settings import SmtpSettings

_GONE = {None, 421}
"""No answer at all, or "service not available, closing" (RFC 5321, 4.2.2)."""


class Smtp:
    """Sends plain-text messages through the mail server of the deployment."""

    card = Card(
        name="smtp",
        version="1",
        label=LocalText("E-mail via een mailserver", "E-mail through a mail server"),
        summary=LocalText(
            "Verstuurt berichten via SMTP, met een versleutelde verbinding.",
            "Sends messages by SMTP, over an encrypted connection.",
        ),
    )
    settings_schema = SmtpSettings

    def send(self, message: Message, settings: Settings) -> None:
        """Hand ``message`` to the server; once this returns, the server has taken it over.

        :raises pb_engine.api.DeliveryFailed: see the head of this module; the sentence holds no
            address, since it may be logged.
        """
        mail = letter(message, settings["sender"])
        with _connected(settings) as server:
            _submit(server, mail)


@contextmanager
def _connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    with ExitStack() as stack:
        try:
            server = _opened(settings)
            stack.callback(_leave, server)
            _introduce(server, settings)
        except (OSError, ValueError) as problem:  # SMTPException and SSLError are OSErrors
            raise DeliveryFailed(
                f"no way in at the mail server {settings['host']}:{settings['port']}: "
                f"{_reason(problem)}",
                unreachable=True,
            ) from problem
        yield server


class _Timed(smtplib.SMTP):
    """A connection that is cut when its time is over.

    The timeout of a socket is for one answer; a server that sends a byte now and then would hold
    us for ever.
    """

    _watch: threading.Timer | None = None

    def connect(
        self, host: str = "localhost", port: int = 0, source_address: Any = None
    ) -> tuple[int, bytes]:
        """Connect; from now on the time runs."""
        self._watch = threading.Timer(self.timeout, self._cut)
        self._watch.daemon = True
        self._watch.start()
        try:
            return super().connect(host, port, source_address)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close, and stop the time."""
        if self._watch is not None:
            self._watch.cancel()
        super().close()

    def _cut(self) -> None:
        sock = self.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def _opened(settings: Settings) -> smtplib.SMTP:
    # The sender's domain introduces us: looking up our own name may take the network's time.
    return _Timed(
        settings["host"],
        settings["port"],
        local_hostname=settings["sender"].rpartition("@")[2],
        timeout=settings["timeout"],
    )


def _introduce(server: smtplib.SMTP, settings: Settings) -> None:
    server.ehlo_or_helo_if_needed()
    if settings["starttls"]:
        server.starttls(context=ssl.create_default_context(cafile=settings["ca_file"] or None))
        server.ehlo()
    if settings["username"]:
        server.login(settings["username"], _password(settings["password_env"]))


def _password(variable: str) -> str:
    try:
        return os.environ[variable]
    except KeyError:
        raise DeliveryFailed(
            f"the environment variable {variable} for the mail server's password is not set"
        ) from None


def _submit(server: smtplib.SMTP, mail: Letter) -> None:
    try:
        server.sendmail(mail.sender, [mail.to], mail.content)
    except (OSError, ValueError) as problem:
        code = _code(problem)
        for_good = code is not None and 500 <= code <= 599  # noqa: PLR2004 - RFC 5321, 4.2.1
        raise DeliveryFailed(
            f"the mail server did not take the message: {_reason(problem)}",
            permanent=for_good,
            unreachable=code in _GONE,
            refused=for_good and _about_the_receiver(problem),
            code=code or 0,
        ) from None  # a refusal quotes the address


def _about_the_receiver(problem: Exception) -> bool:
    """Tell whether the receiver was refused, and not for a rule that is about the sender.

    ``5.7.x`` is such a rule (RFC 3463): a server that blocks us says it of every address.
    """
    if not isinstance(problem, smtplib.SMTPRecipientsRefused):
        return False
    return not any(said.startswith(b"5.7.") for _, said in problem.recipients.values())


def _code(problem: Exception) -> int | None:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in problem.recipients.values()), None)
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code
    return None


def _reason(problem: Exception) -> str:
    code = _code(problem)
    return f"{type(problem).__name__} {code}" if code else type(problem).__name__


def _leave(server: smtplib.SMTP) -> None:
    # The message is in by now, or has failed already: a rude goodbye changes neither.
    with suppress(OSError):
        server.quit()
    server.close()
