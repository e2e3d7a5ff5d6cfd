"""The letter as it reads until somebody changes it: plain Dutch, and short blocks for others.

The Dutch text leads.  The other blocks say less: what this is, until when, where, and whom to call.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "nl": "Nederlands",
        "en": "English",
        "tr": "Türkçe",
        "ar": "العربية",
        "de": "Deutsch",
    }
)
"""Each language by its own name, in the order of the letter."""

RIGHT_TO_LEFT = frozenset({"ar"})

PERSONAS = tuple(f"persona_{number}" for number in range(1, 6))
"""Slots for an extra paragraph, one per group of readers that the municipality thinks of."""

DUTCH: Mapping[str, str] = MappingProxyType(
    {
        "subject": "Stem mee over {budget}",
        "greeting": "Beste bewoner,",
        "opening": (
            "U mag meestemmen over {budget}. Bewoners bedachten ideeën voor {place}. "
            "U kiest welke ideeën doorgaan.\n\n"
            "Stemmen kan van {opens} tot en met {closes}."
        ),
        "code_title": "Uw stemcode",
        "code_note": "Deze code is alleen voor u. Geef hem niet aan een ander.",
        "online_title": "Zo stemt u op internet",
        "online": (
            "Scan het vierkant met uw telefoon. Of ga naar {address}.\n"
            "Vul uw stemcode in.\n"
            "Kies de ideeën die u goed vindt.\n"
            "Verstuur uw stem."
        ),
        "secrecy": "Uw stem is geheim. Hoe dat werkt, leest u op de website.",
        "closing": "Met vriendelijke groet,\n{sender}",
        "counter_title": "Liever op papier, of hulp nodig?",
        "counter": (
            "Kom langs bij een stempunt. Neem deze brief mee en laat zien wie u bent. "
            "We maken geen kopie. U stemt één keer: op internet of op papier."
        ),
        "help_title": "Brief kwijt, of een vraag?",
        "help": (
            "Heeft een ander uw code gezien? Of is uw brief kwijt? Bel {phone} of mail {email}. "
            "U krijgt een nieuwe code. De oude code werkt dan niet meer."
        ),
        **dict.fromkeys(PERSONAS, ""),
    }
)
"""Every slot of the Dutch letter."""

SUMMARIES: Mapping[str, str] = MappingProxyType(
    {
        "en": (
            "You may vote on how {budget} is spent in {place}. Your voting code is on the front of "
            "this letter. Vote at {address}, from {opens} to {closes}. Or come to one of the "
            "places above: we will help you. Your vote is secret. Questions? Call {phone}."
        ),
        "tr": (
            "{budget} nasıl harcansın? {place} için siz de oy verebilirsiniz. Oy kodunuz bu "
            "mektubun ön yüzündedir. {opens} ile {closes} arasında {address} adresinde oy verin. "
            "Ya da yukarıdaki yerlerden birine gelin: size yardım ederiz. Oyunuz gizlidir. "
            "Sorunuz mu var? {phone} numarasını arayın."
        ),
        "ar": (
            "يمكنك التصويت على كيفية إنفاق {budget} في {place}. رمز التصويت الخاص بك موجود على "
            "الصفحة الأولى من هذه الرسالة. صوّت على الموقع {address} من {opens} إلى {closes}. "
            "أو تعال إلى أحد الأماكن المذكورة أعلاه وسنساعدك. صوتك سري. "
            "هل لديك سؤال؟ اتصل بالرقم {phone}."
        ),
        "de": (
            "Sie dürfen mitentscheiden, wofür {budget} in {place} ausgegeben werden. Ihr "
            "Stimmcode steht auf der Vorderseite dieses Briefes. Stimmen Sie ab auf {address}, vom "
            "{opens} bis {closes}. Oder kommen Sie zu einem der Orte oben: Wir helfen Ihnen. Ihre "
            "Stimme ist geheim. Fragen? Rufen Sie {phone} an."
        ),
    }
)
"""The short block of every other language."""
