"""What the sheet with the result says, in every language that a round can offer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pb_engine.units import LocalText

WORDS: Mapping[str, LocalText] = MappingProxyType(
    {
        "title": LocalText(
            nl="De uitslag",
            en="The result",
            de="Das Ergebnis",
            tr="Sonuç",
            ar="النتيجة",
            pl="Wynik",
        ),
        "idea": LocalText(nl="Idee", en="Idea", de="Idee", tr="Fikir", ar="الفكرة", pl="Pomysł"),
        "voters": LocalText(
            nl="Stemmers",
            en="Voters",
            de="Abstimmende",
            tr="Oy verenler",
            ar="المصوّتون",
            pl="Głosujący",
        ),
        "cost": LocalText(
            nl="Kosten", en="Cost", de="Kosten", tr="Maliyet", ar="التكلفة", pl="Koszt"
        ),
        "short": LocalText(
            nl="Tekort",
            en="Short by",
            de="Es fehlten",
            tr="Eksik kalan",
            ar="ما ينقص",
            pl="Brakuje",
        ),
        "funded_title": LocalText(
            nl="Deze ideeën krijgen geld",
            en="These ideas get money",
            de="Diese Ideen bekommen Geld",
            tr="Bu fikirler para alıyor",
            ar="هذه الأفكار تحصل على مال",
            pl="Te pomysły dostają pieniądze",
        ),
        "others_title": LocalText(
            nl="Deze ideeën krijgen geen geld",
            en="These ideas get no money",
            de="Diese Ideen bekommen kein Geld",
            tr="Bu fikirler para almıyor",
            ar="هذه الأفكار لا تحصل على مال",
            pl="Te pomysły nie dostają pieniędzy",
        ),
        "how_title": LocalText(
            nl="Hoe is er geteld?",
            en="How were the votes counted?",
            de="Wie wurde gezählt?",
            tr="Oylar nasıl sayıldı?",
            ar="كيف عُدّت الأصوات؟",
            pl="Jak policzono głosy?",
        ),
    }
)
NOTICE = LocalText(
    nl="Verzonnen voorbeeldgegevens — geen echte inwoners of ideeën.",
    en="Invented example data — no real residents or ideas.",
    de="Erfundene Beispieldaten — keine echten Menschen oder Ideen.",
    tr="Uydurma örnek veriler — gerçek kişi veya fikir yok.",
    ar="بيانات مثال مخترعة — لا سكان ولا أفكار حقيقية.",
    pl="Zmyślone dane przykładowe — bez prawdziwych osób i pomysłów.",
)
LEAD = (
    LocalText(
        nl="{number} idee krijgt geld.",
        en="{number} idea gets money.",
        de="{number} Idee bekommt Geld.",
        tr="{number} fikir para alıyor.",
        ar="عدد الأفكار التي تحصل على مال: {number}.",
        pl="Pomysły, które dostają pieniądze: {number}.",
    ),
    LocalText(
        nl="{number} ideeën krijgen geld.",
        en="{number} ideas get money.",
        de="{number} Ideen bekommen Geld.",
        tr="{number} fikir para alıyor.",
        ar="عدد الأفكار التي تحصل على مال: {number}.",
        pl="Pomysły, które dostają pieniądze: {number}.",
    ),
)
COUNTED = (
    LocalText(
        nl="getelde stem",
        en="counted vote",
        de="gezählte Stimme",
        tr="sayılan oy",
        ar="عدد الأصوات المحتسبة",
        pl="liczba policzonych głosów",
    ),
    LocalText(
        nl="getelde stemmen",
        en="counted votes",
        de="gezählte Stimmen",
        tr="sayılan oy",
        ar="عدد الأصوات المحتسبة",
        pl="liczba policzonych głosów",
    ),
)
SPENT = LocalText(
    nl="gaat naar ideeën",
    en="goes to ideas",
    de="geht an Ideen",
    tr="fikirlere gidiyor",
    ar="يذهب إلى الأفكار",
    pl="idzie na pomysły",
)
LEFT = LocalText(
    nl="blijft over", en="is left", de="bleibt übrig", tr="kalıyor", ar="يتبقى", pl="zostaje"
)
MORE = LocalText(
    nl="En nog {number}. Kijk op de website.",
    en="And {number} more. See the website.",
    de="Und noch {number}. Sehen Sie auf der Website nach.",
    tr="Ve {number} fikir daha. Web sitesine bakın.",
    ar="و{number} غيرها. انظر الموقع.",
    pl="I jeszcze {number}. Proszę zajrzeć na stronę.",
)
HOW = LocalText(
    nl="Met de regel: {rule}. Iedereen kan natellen met het bestand record.json op de website. "
    "Dit is het controlegetal:",
    en="By the rule: {rule}. Anybody can count again with the file record.json on the website. "
    "This is its checksum:",
    de="Mit der Regel: {rule}. Alle können mit der Datei record.json auf der Website nachzählen. "
    "Das ist die Prüfzahl:",
    tr="Kullanılan kural: {rule}. Herkes web sitesindeki record.json dosyasıyla yeniden "
    "sayabilir. Kontrol sayısı:",
    ar="حسب القاعدة: {rule}. يستطيع أي شخص أن يعيد العد بالملف record.json على الموقع. رقم التحقق:",
    pl="Według reguły: {rule}. Każdy może policzyć głosy ponownie z plikiem record.json ze "
    "strony. Liczba kontrolna:",
)
CONTACT = LocalText(
    nl="Vragen? {name}: {phone}, {email}.",
    en="Questions? {name}: {phone}, {email}.",
    de="Fragen? {name}: {phone}, {email}.",
    tr="Sorularınız mı var? {name}: {phone}, {email}.",
    ar="أسئلة؟ {name}: {phone}، {email}.",
    pl="Pytania? {name}: {phone}, {email}.",
)
VOTES = (
    LocalText(
        nl="{number} stem",
        en="{number} vote",
        de="{number} Stimme",
        tr="{number} oy",
        ar="أصوات: {number}",
        pl="głosy: {number}",
    ),
    LocalText(
        nl="{number} stemmen",
        en="{number} votes",
        de="{number} Stimmen",
        tr="{number} oy",
        ar="أصوات: {number}",
        pl="głosy: {number}",
    ),
)
POINTS = (
    LocalText(
        nl="{number} punt",
        en="{number} point",
        de="{number} Punkt",
        tr="{number} puan",
        ar="نقاط: {number}",
        pl="punkty: {number}",
    ),
    LocalText(
        nl="{number} punten",
        en="{number} points",
        de="{number} Punkte",
        tr="{number} puan",
        ar="نقاط: {number}",
        pl="punkty: {number}",
    ),
)
OTHERWISE = LocalText(
    nl="De gemeente besloot anders over: {titles}. Op de website staat wat en waarom.",
    en="The municipality decided otherwise about: {titles}. The website tells what and why.",
    de="Die Gemeinde hat anders entschieden über: {titles}. Auf der Website steht, was und warum.",
    tr="Belediye şu konularda farklı karar verdi: {titles}. Ne ve neden, web sitesinde yazıyor.",
    ar="قررت البلدية غير ذلك بشأن: {titles}. تجد على الموقع ماذا ولماذا.",
    pl="Gmina zdecydowała inaczej o: {titles}. Na stronie jest napisane, co i dlaczego.",
)
"""Stands on the sheet where the count is not all that was decided."""
