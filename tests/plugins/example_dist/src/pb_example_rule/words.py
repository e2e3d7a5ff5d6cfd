"""The reasons in words."""

from pb_engine.api import Decision, Explanation, LocalText, euros


def explanation(decision: Decision) -> Explanation:
    """Return one sentence with the number that decided."""
    if decision.reason == "cheap_enough":
        left = int(decision.facts["left"])
        return Explanation(
            LocalText(
                f"Dit plan gaat door. Daarna was er nog {euros(left, 'nl')} over.",
                f"This project is funded. After it {euros(left, 'en')} was left.",
            )
        )
    if decision.reason == "no_money":
        short = int(decision.facts["short"])
        return Explanation(
            LocalText(
                f"Dit plan gaat niet door. Er was {euros(short, 'nl')} te weinig.",
                f"This project is not funded. It was {euros(short, 'en')} short.",
            )
        )
    needed = int(decision.facts["needed"])
    return Explanation(
        LocalText(
            f"Dit plan gaat niet door. Aantal stemmers te weinig: {needed}.",
            f"This project is not funded. Voters too few: {needed}.",
        )
    )
