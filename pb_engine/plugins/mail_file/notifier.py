"""Messages into a folder: for a demonstration, a rehearsal, or a mail server that collects."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from marshmallow import Schema, ValidationError, fields, validate

from pb_engine.api import Card, DeliveryFailed, LocalText, Message, Settings
from pb_engine.plugins.mail_file.letter import address, letter_name, written


def _is_address(text: str) -> None:
    try:
        address(text)
    except ValueError as problem:
        raise ValidationError("this is no e-mail address") from problem


class MailFileSettings(Schema):
    """Where the files go; a relative folder lies in the folder that the engine runs in."""

    folder = fields.String(load_default="mail", validate=validate.Length(min=1))
    sender = fields.String(load_default="pb-engine@localhost", validate=_is_address)


class MailFile:
    """Writes one ``.eml`` file per message key; delivering again writes the same file again."""

    card = Card(
        name="mail_file",
        version="1",
        label=LocalText("E-mail als bestand", "E-mail as a file"),
        summary=LocalText(
            "Bewaart elk bericht als .eml-bestand in een map en verstuurt niets.",
            "Keeps each message as an .eml file in a folder and sends nothing.",
        ),
    )
    settings_schema = MailFileSettings

    def send(self, message: Message, settings: Settings) -> None:
        """Write ``message``; a reader of the folder sees the whole file or none.

        :raises pb_engine.api.DeliveryFailed: permanent when the message can never be an e-mail,
            temporary when the folder cannot be written.
        """
        content = written(message, settings["sender"])
        folder = Path(settings["folder"])
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write_whole(folder / letter_name(message), content)
        except (OSError, ValueError) as problem:
            raise DeliveryFailed(
                f"the mail folder {settings['folder']!r} cannot be written: "
                f"{type(problem).__name__}",
                unreachable=True,
            ) from problem


def _write_whole(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(part.name).unlink()
            raise
