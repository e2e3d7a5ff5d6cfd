"""What letters about the news of a round say in every language, around what officials wrote."""

from __future__ import annotations

from pb_engine.units import LocalText

QUESTION = (
    LocalText(
        nl="Wilt u nieuws krijgen over {round}?",
        en="Do you want news about {round}?",
        de="Möchten Sie Neues über {round} erhalten?",
        tr="{round} hakkında haber almak istiyor musunuz?",
        ar="هل تريد أخبارًا عن {round}؟",
        pl="Czy chcesz otrzymywać nowości o {round}?",
    ),
    LocalText(
        nl="Iemand vulde uw e-mailadres in om nieuws te krijgen over {round}.\n\nWilt u dat? Open "
        "dan deze link en druk op de knop. De link werkt zeven dagen.\n\n{link}\n\n"
        "Wilt u dit niet? Dan hoeft u niets te doen. Wij bewaren uw adres niet.",
        en="Somebody filled in your e-mail address to get news about {round}.\n\nDo you want "
        "that? Open this link and press the button. The link works for seven days.\n\n{link}\n\n"
        "Do you not want this? Then do nothing. We do not keep your address.",
        de="Jemand hat Ihre E-Mail-Adresse eingegeben, um Neues über {round} zu erhalten.\n\n"
        "Möchten Sie das? Öffnen Sie dann diesen Link und drücken Sie auf den Knopf. Der Link gilt "
        "sieben Tage.\n\n{link}\n\n"
        "Möchten Sie das nicht? Dann müssen Sie nichts tun. Wir behalten Ihre Adresse nicht.",
        tr="Birisi {round} hakkında haber almak için e-posta adresinizi girdi.\n\nBunu istiyor "
        "musunuz? O zaman bu bağlantıyı açın ve düğmeye basın. Bağlantı yedi gün çalışır.\n\n"
        "{link}\n\nİstemiyor musunuz? O zaman bir şey yapmanız gerekmez. Adresinizi saklamayız.",
        ar="كتب شخص عنوان بريدك الإلكتروني للحصول على أخبار عن {round}.\n\nهل تريد ذلك؟ افتح هذا "
        "الرابط واضغط على الزر. يعمل الرابط سبعة أيام.\n\n{link}\n\n"
        "لا تريد ذلك؟ إذن لا حاجة إلى فعل شيء. نحن لا نحتفظ بعنوانك.",
        pl="Ktoś wpisał Twój adres e-mail, aby otrzymywać nowości o {round}.\n\nCzy tego chcesz? "
        "Proszę otworzyć ten link i nacisnąć przycisk. Link działa siedem dni.\n\n{link}\n\n"
        "Nie chcesz tego? Wtedy nie trzeba nic robić. Nie zachowujemy adresu.",
    ),
)
LETTER = LocalText(
    nl="{body}\n\n----\nU krijgt deze e-mail, omdat u zich inschreef voor nieuws over {round}.\n\n"
    "Geen nieuws meer per e-mail?\n{end}",
    en="{body}\n\n----\nYou get this e-mail because you signed up for news about {round}.\n\n"
    "No more news by e-mail?\n{end}",
    de="{body}\n\n----\nSie erhalten diese E-Mail, weil Sie sich für Neues über {round} "
    "angemeldet haben.\n\nKeine Neuigkeiten mehr per E-Mail?\n{end}",
    tr="{body}\n\n----\nBu e-postayı, {round} haberlerine kaydolduğunuz için alıyorsunuz.\n\n"
    "Artık e-postayla haber istemiyor musunuz?\n{end}",
    ar="{body}\n\n----\nتصلك هذه الرسالة لأنك سجّلت للحصول على أخبار عن {round}.\n\n"
    "لا تريد أخبارًا أخرى بالبريد الإلكتروني؟\n{end}",
    pl="{body}\n\n----\nDostajesz tę wiadomość, bo zapisano ten adres na nowości o {round}.\n\n"
    "Nie chcesz już nowości e-mailem?\n{end}",
)
TRIAL = LocalText(nl="Proef: {subject}", en="Trial: {subject}")
NO_END = LocalText(
    nl="(Hier staat voor elke ontvanger een eigen link om te stoppen.)",
    en="(Here each receiver finds a link of their own to stop.)",
)
