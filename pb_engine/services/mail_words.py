"""What letters to residents say, in every language that a round can offer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pb_engine.domain.review import ReviewOutcome
from pb_engine.units import LocalText

OPENINGS: Mapping[ReviewOutcome, LocalText] = MappingProxyType(
    {
        ReviewOutcome.PASS: LocalText(
            nl="Goed nieuws: uw idee ‘{title}’ mag door. Mensen kunnen er straks op stemmen.",
            en="Good news: your idea ‘{title}’ goes on. People can vote for it soon.",
            de="Gute Nachricht: Ihre Idee ‘{title}’ ist dabei. Bald können Menschen für sie "
            "abstimmen.",
            tr="İyi haber: ‘{title}’ fikriniz devam ediyor. İnsanlar yakında ona oy verebilecek.",
            ar="خبر جيد: فكرتك ‘{title}’ ستستمر. يمكن للناس التصويت لها قريبًا.",
            pl="Dobra wiadomość: pomysł ‘{title}’ przechodzi dalej. Wkrótce będzie można na niego "
            "głosować.",
        ),
        ReviewOutcome.ADAPT: LocalText(
            nl="Uw idee ‘{title}’ kan door, als er iets verandert.",
            en="Your idea ‘{title}’ can go on, if something changes.",
            de="Ihre Idee ‘{title}’ kann weitergehen, wenn sich etwas ändert.",
            tr="‘{title}’ fikriniz, bir şey değişirse devam edebilir.",
            ar="يمكن لفكرتك ‘{title}’ أن تستمر إذا تغيّر شيء فيها.",
            pl="Pomysł ‘{title}’ może przejść dalej, jeśli coś się w nim zmieni.",
        ),
        ReviewOutcome.REJECT: LocalText(
            nl="Bedankt voor uw idee ‘{title}’. Het kan helaas niet door naar de stemronde.",
            en="Thank you for your idea ‘{title}’. Sadly, it cannot go on to the vote.",
            de="Danke für Ihre Idee ‘{title}’. Leider kommt sie nicht in die Abstimmung.",
            tr="‘{title}’ fikriniz için teşekkürler. Ne yazık ki oylamaya katılamıyor.",
            ar="شكرًا على فكرتك ‘{title}’. للأسف لا يمكنها الانتقال إلى التصويت.",
            pl="Dziękujemy za pomysł ‘{title}’. Niestety nie może przejść do głosowania.",
        ),
        ReviewOutcome.REFER: LocalText(
            nl="Bedankt voor uw idee ‘{title}’. We hebben het doorgegeven aan {body}. "
            "U hoort voor {reply_by} van hen.",
            en="Thank you for your idea ‘{title}’. We passed it on to {body}. "
            "They will answer before {reply_by}.",
            de="Danke für Ihre Idee ‘{title}’. Wir haben sie weitergegeben. Sie liegt jetzt hier: "
            "{body}. Sie bekommen vor dem {reply_by} Antwort.",
            tr="‘{title}’ fikriniz için teşekkürler. Onu şuraya ilettik: {body}. "
            "{reply_by} tarihinden önce yanıt alırsınız.",
            ar="شكرًا على فكرتك ‘{title}’. أرسلناها إلى الجهة التالية: {body}. "
            "يصلك الجواب قبل {reply_by}.",
            pl="Dziękujemy za pomysł ‘{title}’. Przekazaliśmy go dalej. Teraz zajmuje się nim: "
            "{body}. Odpowiedź przyjdzie przed {reply_by}.",
        ),
    }
)
RULE = LocalText(
    nl="Spelregel {number}: {text}",
    en="Rule {number}: {text}",
    de="Spielregel {number}: {text}",
    tr="Kural {number}: {text}",
    ar="القاعدة {number}: {text}",
    pl="Zasada {number}: {text}",
)
DECIDED = LocalText(
    nl="Besluit over uw idee: {title}",
    en="Your idea: {title}",
    de="Entscheidung über Ihre Idee: {title}",
    tr="Fikriniz hakkında karar: {title}",
    ar="القرار بشأن فكرتك: {title}",
    pl="Decyzja o Twoim pomyśle: {title}",
)
RECEIVED = (
    LocalText(
        nl="Uw idee is binnen: {title}",
        en="We have your idea: {title}",
        de="Ihre Idee ist da: {title}",
        tr="Fikriniz bize ulaştı: {title}",
        ar="وصلت فكرتك: {title}",
        pl="Mamy Twój pomysł: {title}",
    ),
    LocalText(
        nl="Bedankt voor uw idee ‘{title}’. Het staat nu op de lijst. De commissie kijkt ernaar. "
        "U krijgt bericht over het besluit.",
        en="Thank you for your idea ‘{title}’. It is on the list now. The commission will look at "
        "it. You will hear what they decide.",
        de="Danke für Ihre Idee ‘{title}’. Sie steht jetzt auf der Liste. Die Kommission sieht sie "
        "sich an. Sie bekommen Nachricht über die Entscheidung.",
        tr="‘{title}’ fikriniz için teşekkürler. Şimdi listede duruyor. Komisyon ona bakacak. "
        "Kararı size bildiririz.",
        ar="شكرًا على فكرتك ‘{title}’. هي الآن في القائمة. ستنظر اللجنة فيها. سنخبرك بالقرار.",
        pl="Dziękujemy za pomysł ‘{title}’. Jest teraz na liście. Komisja się nim zajmie. "
        "Napiszemy, co postanowiła.",
    ),
)
MERGED = (
    LocalText(
        nl="Uw idee is samengevoegd: {title}",
        en="Merged: {title}",
        de="Ihre Idee wurde zusammengelegt: {title}",
        tr="Fikriniz birleştirildi: {title}",
        ar="دُمجت فكرتك: {title}",
        pl="Twój pomysł został połączony: {title}",
    ),
    LocalText(
        nl="Uw idee ‘{title}’ lijkt op ‘{other}’. We hebben ze samengevoegd. U blijft indiener.",
        en="Your idea ‘{title}’ is much like ‘{other}’. We merged them. You remain a submitter.",
        de="Ihre Idee ‘{title}’ ist ähnlich wie ‘{other}’. Wir haben beide zusammengelegt. Sie "
        "bleiben beteiligt.",
        tr="‘{title}’ fikriniz ‘{other}’ fikrine benziyor. İkisini birleştirdik. Siz fikir sahibi "
        "olarak kalıyorsunuz.",
        ar="فكرتك ‘{title}’ تشبه ‘{other}’. دمجنا الفكرتين. وتبقى أنت من مقدّميها.",
        pl="Pomysł ‘{title}’ jest podobny do ‘{other}’. Połączyliśmy je. Zachowujesz swoją rolę.",
    ),
)
MAY_MERGE = (
    LocalText(
        nl="Mag uw idee samen met een ander idee? {title}",
        en="May your idea be merged? {title}",
        de="Darf Ihre Idee zusammengelegt werden? {title}",
        tr="Fikriniz birleştirilebilir mi? {title}",
        ar="هل يمكن دمج فكرتك؟ {title}",
        pl="Czy można połączyć Twój pomysł? {title}",
    ),
    LocalText(
        nl="Uw idee ‘{title}’ lijkt op ‘{other}’. De commissie wil ze samenvoegen. U blijft "
        "indiener. Vindt u dat goed? Geef hier uw antwoord: {link}",
        en="Your idea ‘{title}’ is much like ‘{other}’. The commission wants to merge them. You "
        "remain a submitter. Do you agree? Answer here: {link}",
        de="Ihre Idee ‘{title}’ ist ähnlich wie ‘{other}’. Die Kommission möchte beide "
        "zusammenlegen. Sie bleiben beteiligt. Sind Sie einverstanden? Antworten Sie hier: {link}",
        tr="‘{title}’ fikriniz ‘{other}’ fikrine benziyor. Komisyon ikisini birleştirmek istiyor. "
        "Siz fikir sahibi olarak kalıyorsunuz. Kabul ediyor musunuz? Buradan yanıtlayın: {link}",
        ar="فكرتك ‘{title}’ تشبه ‘{other}’. تريد اللجنة دمجهما. وتبقى أنت من مقدّميها. هل توافق؟ "
        "أجب هنا: {link}",
        pl="Pomysł ‘{title}’ jest podobny do ‘{other}’. Komisja chce je połączyć. Zachowujesz "
        "swoją rolę. Czy się zgadzasz? Odpowiedz tutaj: {link}",
    ),
)
SPLIT = (
    LocalText(
        nl="Uw idee is gesplitst: {title}",
        en="Your idea was split: {title}",
        de="Ihre Idee wurde geteilt: {title}",
        tr="Fikriniz ikiye ayrıldı: {title}",
        ar="قُسمت فكرتك: {title}",
        pl="Twój pomysł został podzielony: {title}",
    ),
    LocalText(
        nl="Van uw idee zijn twee ideeën gemaakt: ‘{title}’ en ‘{other}’. U bent van allebei "
        "indiener.",
        en="Your idea became two ideas: ‘{title}’ and ‘{other}’. You are a submitter of both.",
        de="Aus Ihrer Idee wurden zwei: ‘{title}’ und ‘{other}’. Sie sind an beiden beteiligt.",
        tr="Fikriniz iki fikre ayrıldı: ‘{title}’ ve ‘{other}’. İkisinin de sahibisiniz.",
        ar="أصبحت فكرتك فكرتين: ‘{title}’ و‘{other}’. أنت من مقدّمي كلتيهما.",
        pl="Z Twojego pomysłu powstały dwa: ‘{title}’ i ‘{other}’. Oba są Twoje.",
    ),
)
APPEAL_DECIDED = (
    LocalText(
        nl="Uw verzoek om herziening: {title}",
        en="Another look: {title}",
        de="Ihr Antrag auf neue Prüfung: {title}",
        tr="Yeniden inceleme isteğiniz: {title}",
        ar="طلبك إعادة النظر: {title}",
        pl="Prośba o ponowną ocenę: {title}",
    ),
    LocalText(
        nl="Er is beslist over uw verzoek om herziening van ‘{title}’. U leest het besluit en de "
        "uitleg op de pagina van uw idee.",
        en="Your request for another look at ‘{title}’ was decided. You can read the decision and "
        "the reason on the page of your idea.",
        de="Über Ihren Antrag auf neue Prüfung von ‘{title}’ ist entschieden. Die Entscheidung "
        "und die Gründe lesen Sie auf der Seite Ihrer Idee.",
        tr="‘{title}’ için yeniden inceleme isteğiniz hakkında karar verildi. Kararı ve nedenini "
        "fikrinizin sayfasında okuyabilirsiniz.",
        ar="صدر القرار بشأن طلبك إعادة النظر في ‘{title}’. تقرأ القرار وسببه في صفحة فكرتك.",
        pl="Zapadła decyzja w sprawie prośby o ponowną ocenę pomysłu ‘{title}’. Decyzja i powody "
        "są na stronie pomysłu.",
    ),
)
REPLIED = (
    LocalText(
        nl="Antwoord over uw idee: {title}",
        en="An answer about your idea: {title}",
        de="Antwort zu Ihrer Idee: {title}",
        tr="Fikriniz hakkında yanıt: {title}",
        ar="جواب عن فكرتك: {title}",
        pl="Odpowiedź w sprawie pomysłu: {title}",
    ),
    LocalText(
        nl="Er is een antwoord over uw idee ‘{title}’. Het komt van {body}. U leest het hieronder.",
        en="There is an answer about your idea ‘{title}’. It comes from {body}. You read it below.",
        de="Es gibt eine Antwort zu Ihrer Idee ‘{title}’. Sie kommt von hier: {body}. Sie lesen "
        "sie unten.",
        tr="‘{title}’ fikriniz hakkında bir yanıt var. Yanıtı veren: {body}. Aşağıda "
        "okuyabilirsiniz.",
        ar="وصل جواب عن فكرتك ‘{title}’. أرسلته هذه الجهة: {body}. تقرؤه أدناه.",
        pl="Jest odpowiedź w sprawie pomysłu ‘{title}’. Odpowiada: {body}. Treść jest poniżej.",
    ),
)
TAKEN_UP = (
    LocalText(
        nl="Uw idee doet opnieuw mee: {title}",
        en="Another try: {title}",
        de="Ihre Idee macht wieder mit: {title}",
        tr="Fikriniz yeniden katılıyor: {title}",
        ar="فكرتك تشارك من جديد: {title}",
        pl="Twój pomysł znów bierze udział: {title}",
    ),
    LocalText(
        nl="Uw idee ‘{title}’ doet opnieuw mee, in een andere ronde. U leest op de pagina van uw "
        "idee welke ronde dat is. Uw code blijft dezelfde.",
        en="Your idea ‘{title}’ takes part again, in another round. The page of your idea says "
        "which round that is. Your code stays the same.",
        de="Ihre Idee ‘{title}’ macht wieder mit, in einer anderen Runde. Welche Runde das ist, "
        "lesen Sie auf der Seite Ihrer Idee. Ihr Code bleibt gleich.",
        tr="‘{title}’ fikriniz başka bir turda yeniden katılıyor. Hangi tur olduğunu fikrinizin "
        "sayfasında okuyabilirsiniz. Kodunuz aynı kalır.",
        ar="فكرتك ‘{title}’ تشارك من جديد في جولة أخرى. تجد في صفحة فكرتك أي جولة هي. يبقى رمزك "
        "كما هو.",
        pl="Pomysł ‘{title}’ znów bierze udział, w innej rundzie. Na stronie pomysłu jest "
        "napisane, w której. Kod pozostaje ten sam.",
    ),
)
THANKED = (
    LocalText(
        nl="Bedankt voor het meedoen: {round}",
        en="Thank you for taking part: {round}",
        de="Danke fürs Mitmachen: {round}",
        tr="Katıldığınız için teşekkürler: {round}",
        ar="شكرًا على مشاركتك: {round}",
        pl="Dziękujemy za udział: {round}",
    ),
    LocalText(
        nl="{round} is klaar. U deed mee met het idee ‘{title}’. Dank u wel!\n\n"
        "Op de website leest u de uitslag. Daar staat ook wat er met elk idee gebeurt.",
        en="{round} has ended. You took part with the idea ‘{title}’. Thank you!\n\n"
        "The website tells the result, and what happens with every idea.",
        de="{round} ist zu Ende. Sie haben mit der Idee ‘{title}’ mitgemacht. Vielen Dank!\n\n"
        "Auf der Website steht das Ergebnis. Dort lesen Sie auch, was aus jeder Idee wird.",
        tr="{round} sona erdi. ‘{title}’ fikriyle katıldınız. Teşekkür ederiz!\n\n"
        "Sonucu web sitesinde okuyabilirsiniz. Her fikre ne olduğu da orada yazıyor.",
        ar="انتهت جولة {round}. شاركت فيها بالفكرة ‘{title}’. شكرًا لك!\n\n"
        "تجد النتيجة على الموقع، وتقرأ هناك ما سيحدث لكل فكرة.",
        pl="{round}: to już koniec. Brał w tym udział pomysł ‘{title}’. Dziękujemy!\n\n"
        "Wynik jest na stronie. Tam też piszemy, co dalej z każdym pomysłem.",
    ),
)
STANDS = LocalText(
    nl="\nUw idee staat hier: {address}\n",
    en="\nYour idea stands here: {address}\n",
    de="\nIhre Idee steht hier: {address}\n",
    tr="\nFikriniz burada: {address}\n",
    ar="\nتجد فكرتك هنا: {address}\n",
    pl="\nTwój pomysł jest tutaj: {address}\n",
)
WHEREABOUTS = LocalText(
    nl="\nUw idee staat hier: {address}\n"
    "Daar kunt u het ook terugtrekken, met de code die u kreeg bij het insturen.\n",
    en="\nYour idea stands here: {address}\n"
    "There you can also withdraw it, with the code you got when you submitted it.\n",
    de="\nIhre Idee steht hier: {address}\n"
    "Dort können Sie sie auch zurückziehen, mit dem Code, den Sie beim Einreichen bekamen.\n",
    tr="\nFikriniz burada: {address}\n"
    "Fikri gönderirken aldığınız kodla onu orada geri de çekebilirsiniz.\n",
    ar="\nتجد فكرتك هنا: {address}\nهناك يمكنك أيضًا سحبها، بالرمز الذي حصلت عليه عند إرسالها.\n",
    pl="\nTwój pomysł jest tutaj: {address}\n"
    "Tam można go też wycofać, kodem otrzymanym przy zgłoszeniu.\n",
)
ENDING = LocalText(
    nl="{body}\n\nHebt u een vraag? Bel of mail {name}: {phone}, {email}.\n\n"
    "Met vriendelijke groet,\n{name}\n",
    en="{body}\n\nDo you have a question? Call or mail {name}: {phone}, {email}.\n\n"
    "Kind regards,\n{name}\n",
    de="{body}\n\nHaben Sie eine Frage? Rufen Sie an oder schreiben Sie an {name}: {phone}, "
    "{email}.\n\nMit freundlichen Grüßen\n{name}\n",
    tr="{body}\n\nSorunuz mu var? Arayın veya e-posta yazın: {name}, {phone}, {email}.\n\n"
    "Saygılarımızla,\n{name}\n",
    ar="{body}\n\nهل لديك سؤال؟ اتصل أو اكتب إلى {name}: \u2066{phone}\u2069، "
    "\u2066{email}\u2069.\n\nمع أطيب التحيات،\n{name}\n",
    pl="{body}\n\nMasz pytanie? Zadzwoń lub napisz do nas: {name}, {phone}, {email}.\n\n"
    "Z poważaniem\n{name}\n",
)
