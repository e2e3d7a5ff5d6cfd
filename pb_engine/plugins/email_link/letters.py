"""What both checks by mail share: the address, the mail, and the link that works once."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from pb_engine.api import CheckRefused, LocalText, Question, Tell, Visit

EMAIL = Question(
    name="email",
    kind="email",
    label=LocalText("Uw e-mailadres", "Your e-mail address"),
    help=LocalText(
        "We sturen een mail met een link. De link werkt een half uur.",
        "We send a mail with a link. The link works for half an hour.",
    ),
)
WRONG_EMAIL = LocalText(
    "Vul uw e-mailadres in, zoals naam@voorbeeld.nl.",
    "Fill in your e-mail address, such as name@example.org.",
)
SENT = LocalText(
    "Kijk in uw mail. Mogen we u op dit adres mailen? Dan staat daar zo een bericht met een link. "
    "De link werkt een half uur. U mag dit venster sluiten. Geen mail? Kijk bij ongewenste mail, "
    "of kies een andere manier.",
    "Look in your mail. If we may write to you at this address, a message with a link will be "
    "there soon. The link works for half an hour. You may close this window. No mail? Look among "
    "unwanted mail, or choose another way.",
)
SUBJECT = LocalText(
    nl="Uw link om te stemmen",
    en="Your link to vote",
    de="Ihr Link zum Abstimmen",
    tr="Oy verme bağlantınız",
    ar="رابط التصويت الخاص بك",
    pl="Link do głosowania",
)
BODY = LocalText(
    nl="U wilt stemmen. Open deze link en druk daar op de knop:\n\n{link}\n\n"
    "De link werkt een half uur, en één keer. Stuur hem niet door: wie de link heeft, kan voor u "
    "stemmen.\n\nHeeft u dit niet gevraagd? Dan hoeft u niets te doen.",
    en="You want to vote. Open this link and press the button there:\n\n{link}\n\n"
    "The link works for half an hour, and once. Do not pass it on: whoever has the link can vote "
    "for you.\n\nDid you not ask for this? Then you need not do anything.",
    de="Sie möchten abstimmen. Öffnen Sie diesen Link und drücken Sie dort auf den Knopf:\n\n"
    "{link}\n\nDer Link gilt eine halbe Stunde und nur ein Mal. Geben Sie ihn nicht weiter: Wer "
    "den Link hat, kann für Sie abstimmen.\n\n"
    "Haben Sie das nicht gewünscht? Dann müssen Sie nichts tun.",
    tr="Oy vermek istiyorsunuz. Bu bağlantıyı açın ve oradaki düğmeye basın:\n\n{link}\n\n"
    "Bağlantı yarım saat ve bir kez çalışır. Başkasına göndermeyin: bağlantı kimdeyse sizin "
    "yerinize oy verebilir.\n\nBunu siz istemediniz mi? O zaman bir şey yapmanız gerekmez.",
    ar="تريد التصويت. افتح هذا الرابط واضغط على الزر هناك:\n\n{link}\n\n"
    "يعمل الرابط نصف ساعة ومرة واحدة. لا ترسله إلى غيرك: من لديه الرابط يستطيع التصويت بدلًا "
    "منك.\n\nلم تطلب هذا؟ إذن لا حاجة إلى فعل شيء.",
    pl="Chcesz zagłosować. Proszę otworzyć ten link i nacisnąć tam przycisk:\n\n{link}\n\n"
    "Link działa pół godziny i jeden raz. Proszę go nie przekazywać: kto ma link, może zagłosować "
    "za Ciebie.\n\nTo nie Twoja prośba? Wtedy nie trzeba nic robić.",
)
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
_LONGEST = 254


def read_address(typed: str) -> str | None:
    """Return an address in small letters, or ``None`` when it does not look like one."""
    address = typed.strip().lower()
    fits = len(address) <= _LONGEST and _ADDRESS.fullmatch(address)
    return address if fits else None


def sent(visit: Visit, address: str, remembered: Mapping[str, str], *, really: bool) -> Tell:
    """Send a link, or do as if; the visitor reads the same either way."""
    carry = {**remembered, "email": address, "link": secrets.token_hex(16)}
    body = json.dumps(carry).encode()
    visit.mailbox.send_link(address, body, SUBJECT, BODY, really=really)
    return Tell(SENT)


def brought(carry: bytes) -> dict[str, str]:
    """Return what the link brings; nothing when the visitor has not come by a link yet."""
    if not carry:
        return {}
    found: dict[str, Any] = json.loads(carry)
    return {name: str(value) for name, value in found.items()}


def use_up(visit: Visit, link: str) -> None:
    """Use a link up.

    :raises pb_engine.api.CheckRefused: it was used before.
    """
    if not visit.once.spend(f"link {link}"):
        raise CheckRefused("this link was used before", problem="link")
