"""The quotes of a judgement, as they are shown."""


def quotes_of(assessment):
    """One coding per passage, the strongest quotes first; a passage with two focus points is one quote."""
    return strongest_first(assessment.codings.all())


def strongest_first(codings):
    """The same of anything that knows its `passage_id` and `strength`, in reading order."""
    by_passage = {}
    for coding in codings:
        kept = by_passage.get(coding.passage_id)
        if kept is None or coding.strength > kept.strength:
            by_passage[coding.passage_id] = coding
    return sorted(by_passage.values(), key=lambda coding: -coding.strength)
