"""What letters to followers, and to who is still writing an idea, say in every language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pb_engine.units import LocalText

QUESTION = (
    LocalText(
        nl="Wilt u dit idee volgen?",
        en="Do you want to follow this idea?",
        de="Möchten Sie dieser Idee folgen?",
        tr="Bu fikri takip etmek istiyor musunuz?",
        ar="هل تريد متابعة هذه الفكرة؟",
        pl="Czy chcesz obserwować ten pomysł?",
    ),
    LocalText(
        nl="Iemand vulde uw e-mailadres in om het idee ‘{title}’ te volgen.\n\nWilt u dat? Open "
        "dan deze link en druk op de knop. De link werkt twee dagen.\n\n{link}\n\n"
        "Wilt u dit niet? Dan hoeft u niets te doen. Wij bewaren uw adres niet.",
        en="Somebody filled in your e-mail address to follow the idea ‘{title}’.\n\nDo you want "
        "that? Open this link and press the button. The link works for two days.\n\n{link}\n\n"
        "Do you not want this? Then do nothing. We do not keep your address.",
        de="Jemand hat Ihre E-Mail-Adresse eingegeben, um der Idee ‘{title}’ zu folgen.\n\n"
        "Möchten Sie das? Öffnen Sie dann diesen Link und drücken Sie auf den Knopf. Der Link gilt "
        "zwei Tage.\n\n{link}\n\n"
        "Möchten Sie das nicht? Dann müssen Sie nichts tun. Wir behalten Ihre Adresse nicht.",
        tr="Birisi ‘{title}’ fikrini takip etmek için e-posta adresinizi girdi.\n\nBunu istiyor "
        "musunuz? O zaman bu bağlantıyı açın ve düğmeye basın. Bağlantı iki gün çalışır.\n\n"
        "{link}\n\nİstemiyor musunuz? O zaman bir şey yapmanız gerekmez. Adresinizi saklamayız.",
        ar="كتب شخص عنوان بريدك الإلكتروني لمتابعة الفكرة ‘{title}’.\n\nهل تريد ذلك؟ افتح هذا "
        "الرابط واضغط على الزر. يعمل الرابط يومين.\n\n{link}\n\n"
        "لا تريد ذلك؟ إذن لا حاجة إلى فعل شيء. نحن لا نحتفظ بعنوانك.",
        pl="Ktoś wpisał Twój adres e-mail, aby obserwować pomysł ‘{title}’.\n\nCzy tego chcesz? "
        "Proszę otworzyć ten link i nacisnąć przycisk. Link działa dwa dni.\n\n{link}\n\n"
        "Nie chcesz tego? Wtedy nie trzeba nic robić. Nie zachowujemy adresu.",
    ),
)
SUBJECT = LocalText(
    nl="Nieuws over: {title}",
    en="News about: {title}",
    de="Neues zu: {title}",
    tr="Yeni haber: {title}",
    ar="جديد عن: {title}",
    pl="Nowości: {title}",
)
LETTER = LocalText(
    nl="U volgt het idee ‘{title}’. {happened}\n\nLees het hier:\n{page}\n\n"
    "Geen berichten meer over dit idee?\n{end}",
    en="You follow the idea ‘{title}’. {happened}\n\nRead it here:\n{page}\n\n"
    "No more letters about this idea?\n{end}",
    de="Sie folgen der Idee ‘{title}’. {happened}\n\nLesen Sie es hier:\n{page}\n\n"
    "Keine Nachrichten mehr zu dieser Idee?\n{end}",
    tr="‘{title}’ fikrini takip ediyorsunuz. {happened}\n\nBuradan okuyun:\n{page}\n\n"
    "Bu fikir hakkında artık ileti istemiyor musunuz?\n{end}",
    ar="أنت تتابع الفكرة ‘{title}’. {happened}\n\nاقرأ ذلك هنا:\n{page}\n\n"
    "لا تريد رسائل أخرى عن هذه الفكرة؟\n{end}",
    pl="Obserwujesz pomysł ‘{title}’. {happened}\n\nWięcej tutaj:\n{page}\n\n"
    "Nie chcesz już wiadomości o tym pomyśle?\n{end}",
)
NEWS: Mapping[str, LocalText] = MappingProxyType(
    {
        "idea_judged": LocalText(
            nl="De commissie heeft een besluit genomen over dit idee.",
            en="The commission decided about this idea.",
            de="Die Kommission hat über diese Idee entschieden.",
            tr="Komisyon bu fikir hakkında karar verdi.",
            ar="اتخذت اللجنة قرارًا بشأن هذه الفكرة.",
            pl="Komisja podjęła decyzję o tym pomyśle.",
        ),
        "ideas_merged": LocalText(
            nl="Dit idee is samengevoegd met een ander idee.",
            en="This idea was merged with another idea.",
            de="Diese Idee wurde mit einer anderen Idee zusammengelegt.",
            tr="Bu fikir başka bir fikirle birleştirildi.",
            ar="دُمجت هذه الفكرة مع فكرة أخرى.",
            pl="Ten pomysł połączono z innym pomysłem.",
        ),
        "idea_withdrawn": LocalText(
            nl="De indiener heeft dit idee teruggetrokken.",
            en="The submitter took this idea back.",
            de="Die einreichende Person hat diese Idee zurückgezogen.",
            tr="Fikir sahibi bu fikri geri çekti.",
            ar="قام مقدّم هذه الفكرة بسحبها.",
            pl="Osoba zgłaszająca wycofała ten pomysł.",
        ),
        "appeal_decided": LocalText(
            nl="Er is beslist over het verzoek om herziening van dit idee.",
            en="The request to look at this idea again was decided.",
            de="Über den Antrag auf neue Prüfung dieser Idee ist entschieden.",
            tr="Bu fikrin yeniden incelenmesi isteği hakkında karar verildi.",
            ar="صدر القرار بشأن طلب إعادة النظر في هذه الفكرة.",
            pl="Zapadła decyzja o ponownej ocenie tego pomysłu.",
        ),
        "question_answered": LocalText(
            nl="De gemeente gaf antwoord op een vraag bij dit idee.",
            en="The municipality answered a question on this idea.",
            de="Die Gemeinde hat eine Frage zu dieser Idee beantwortet.",
            tr="Belediye bu fikirle ilgili bir soruyu yanıtladı.",
            ar="أجابت البلدية عن سؤال يخص هذه الفكرة.",
            pl="Gmina odpowiedziała na pytanie o ten pomysł.",
        ),
        "progress_told": LocalText(
            nl="De gemeente vertelt hoe het gaat met dit idee.",
            en="The municipality tells how it goes with this idea.",
            de="Die Gemeinde berichtet, wie es mit dieser Idee vorangeht.",
            tr="Belediye bu fikrin nasıl gittiğini anlatıyor.",
            ar="تخبر البلدية عن سير العمل في هذه الفكرة.",
            pl="Gmina informuje, co dzieje się z tym pomysłem.",
        ),
        "idea_taken_up": LocalText(
            nl="Dit idee doet opnieuw mee, in een andere ronde.",
            en="This idea takes part again, in another round.",
            de="Diese Idee macht wieder mit, in einer anderen Runde.",
            tr="Bu fikir başka bir turda yeniden katılıyor.",
            ar="تشارك هذه الفكرة من جديد في جولة أخرى.",
            pl="Ten pomysł znów bierze udział, w innej rundzie.",
        ),
    }
)
"""What followers hear of: changes of state, and answers of the municipality."""
DRAFT = (
    LocalText(
        nl="Ga verder met uw idee",
        en="Go on with your idea",
        de="Machen Sie mit Ihrer Idee weiter",
        tr="Fikrinize devam edin",
        ar="تابع كتابة فكرتك",
        pl="Wróć do swojego pomysłu",
    ),
    LocalText(
        nl="Met deze link gaat u verder met uw idee:\n\n{link}\n\n"
        "Uw idee is nog niet ingestuurd. Geef de link aan niemand.\n\n"
        "Vroeg u dit niet? Dan hoeft u niets te doen. Wij bewaren uw adres niet.",
        en="With this link you go on with your idea:\n\n{link}\n\n"
        "Your idea was not submitted yet. Give the link to nobody.\n\n"
        "Did you not ask for this? Then do nothing. We do not keep your address.",
        de="Mit diesem Link machen Sie mit Ihrer Idee weiter:\n\n{link}\n\n"
        "Ihre Idee ist noch nicht eingereicht. Geben Sie den Link niemandem.\n\n"
        "Haben Sie das nicht angefragt? Dann müssen Sie nichts tun. "
        "Wir behalten Ihre Adresse nicht.",
        tr="Bu bağlantıyla fikrinize devam edersiniz:\n\n{link}\n\n"
        "Fikriniz henüz gönderilmedi. Bağlantıyı kimseye vermeyin.\n\n"
        "Bunu siz istemediniz mi? O zaman bir şey yapmanız gerekmez. Adresinizi saklamayız.",
        ar="بهذا الرابط تتابع كتابة فكرتك:\n\n{link}\n\n"
        "لم تُرسل فكرتك بعد. لا تعط الرابط لأحد.\n\n"
        "لم تطلب ذلك؟ إذن لا حاجة إلى فعل شيء. نحن لا نحتفظ بعنوانك.",
        pl="Ten link prowadzi z powrotem do Twojego pomysłu:\n\n{link}\n\n"
        "Pomysł nie został jeszcze wysłany. Proszę nie dawać nikomu tego linku.\n\n"
        "To nie była Twoja prośba? Wtedy nie trzeba nic robić. Nie zachowujemy adresu.",
    ),
)
