"""What submitters read about the result of their idea, in every language of a round."""

from __future__ import annotations

from pb_engine.units import LocalText

_SUBJECT = LocalText(
    nl="De uitslag voor uw idee: {title}",
    en="The result of your idea: {title}",
    de="Das Ergebnis für Ihre Idee: {title}",
    tr="Fikrinizin sonucu: {title}",
    ar="نتيجة فكرتك: {title}",
    pl="Wynik Twojego pomysłu: {title}",
)
WON = (
    _SUBJECT,
    LocalText(
        nl="Goed nieuws: uw idee ‘{title}’ krijgt {money}.",
        en="Good news: your idea ‘{title}’ gets {money}.",
        de="Gute Nachricht: Ihre Idee ‘{title}’ bekommt {money}.",
        tr="İyi haber: ‘{title}’ fikriniz {money} alıyor.",
        ar="خبر جيد: تحصل فكرتك ‘{title}’ على {money}.",
        pl="Dobra wiadomość: pomysł ‘{title}’ dostaje {money}.",
    ),
)
LOST = (
    _SUBJECT,
    LocalText(
        nl="De stemmen zijn geteld. Uw idee ‘{title}’ krijgt helaas geen geld.",
        en="The votes are counted. Sadly, your idea ‘{title}’ gets no money.",
        de="Die Stimmen sind gezählt. Leider bekommt Ihre Idee ‘{title}’ kein Geld.",
        tr="Oylar sayıldı. Ne yazık ki ‘{title}’ fikriniz para almıyor.",
        ar="تم فرز الأصوات. للأسف لا تحصل فكرتك ‘{title}’ على مال.",
        pl="Głosy są policzone. Niestety pomysł ‘{title}’ nie dostaje pieniędzy.",
    ),
)
CORRECTED = LocalText(
    nl="De uitslag is gecorrigeerd. Dit bericht vervangt ons vorige bericht.",
    en="The result was corrected. This message replaces our previous one.",
    de="Das Ergebnis wurde korrigiert. Diese Nachricht ersetzt unsere vorige.",
    tr="Sonuç düzeltildi. Bu mesaj öncekinin yerine geçer.",
    ar="تم تصحيح النتيجة. هذه الرسالة تحل محل رسالتنا السابقة.",
    pl="Wynik został poprawiony. Ta wiadomość zastępuje poprzednią.",
)
OTHERWISE = LocalText(
    nl="De gemeente besloot over uw idee anders dan de telling. Het besluit heet {reference}. De "
    "reden: {reason}",
    en="The municipality decided about your idea otherwise than the count. The decision is called "
    "{reference}. The reason: {reason}",
    de="Die Gemeinde hat über Ihre Idee anders entschieden als die Zählung. Die Entscheidung heißt "
    "{reference}. Der Grund: {reason}",
    tr="Belediye fikriniz için sayımdan farklı karar verdi. Kararın adı: {reference}. Nedeni: "
    "{reason}",
    ar="قررت البلدية بشأن فكرتك غير ما أظهره الفرز. اسم القرار: {reference}. السبب: {reason}",
    pl="W sprawie Twojego pomysłu gmina zdecydowała inaczej niż liczenie. Decyzja: {reference}. "
    "Powód: {reason}",
)
VOTERS = LocalText(
    nl="Zoveel mensen stemden op uw idee: {voters}.",
    en="So many people voted for your idea: {voters}.",
    de="So viele Menschen haben für Ihre Idee gestimmt: {voters}.",
    tr="Fikrinize oy verenlerin sayısı: {voters}.",
    ar="عدد من صوّتوا لفكرتك: {voters}.",
    pl="Tyle osób zagłosowało na Twój pomysł: {voters}.",
)
PAGE = LocalText(
    nl="Hier leest u stap voor stap waarom: {address}",
    en="Here you read step by step why: {address}",
    de="Hier lesen Sie Schritt für Schritt, warum: {address}",
    tr="Nedenini adım adım buradan okuyabilirsiniz: {address}",
    ar="تقرأ هنا السبب خطوة بخطوة: {address}",
    pl="Tutaj przeczytasz krok po kroku dlaczego: {address}",
)
FOR = LocalText(nl="Voor", en="For", de="Für", tr="Kime", ar="إلى", pl="Dla")
