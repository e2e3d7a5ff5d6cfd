"""The letter that asks a submitter whether an idea may become two, in every language."""

from __future__ import annotations

from pb_engine.units import LocalText

MAY_SPLIT = (
    LocalText(
        nl="Mogen er twee ideeën komen van uw idee? {title}",
        en="May your idea become two? {title}",
        de="Dürfen aus Ihrer Idee zwei werden? {title}",
        tr="Fikriniz ikiye ayrılabilir mi? {title}",
        ar="هل يمكن أن تصبح فكرتك فكرتين؟ {title}",
        pl="Czy z Twojego pomysłu mogą powstać dwa? {title}",
    ),
    LocalText(
        nl="De commissie wil van uw idee ‘{title}’ twee ideeën maken: ‘{first}’ en ‘{second}’. "
        "U blijft indiener van allebei. Vindt u dat goed? Lees het en geef hier uw antwoord: "
        "{link}",
        en="The commission wants to make two ideas of your idea ‘{title}’: ‘{first}’ and "
        "‘{second}’. You remain a submitter of both. Do you agree? Read it and answer here: {link}",
        de="Die Kommission möchte aus Ihrer Idee ‘{title}’ zwei Ideen machen: ‘{first}’ und "
        "‘{second}’. Sie bleiben an beiden beteiligt. Sind Sie einverstanden? Lesen Sie es und "
        "antworten Sie hier: {link}",
        tr="Komisyon ‘{title}’ fikrinizden iki fikir yapmak istiyor: ‘{first}’ ve ‘{second}’. "
        "İkisinin de sahibi olarak kalıyorsunuz. Kabul ediyor musunuz? Okuyun ve buradan "
        "yanıtlayın: {link}",
        ar="تريد اللجنة أن تجعل من فكرتك ‘{title}’ فكرتين: ‘{first}’ و‘{second}’. وتبقى أنت من "
        "مقدّمي كلتيهما. هل توافق؟ اقرأ وأجب هنا: {link}",
        pl="Komisja chce z pomysłu ‘{title}’ zrobić dwa: ‘{first}’ i ‘{second}’. Oba pozostają "
        "Twoje. Czy się zgadzasz? Przeczytaj i odpowiedz tutaj: {link}",
    ),
)
