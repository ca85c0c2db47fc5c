"""The forms of the judgement."""

from assessments.forms.judging import AssessmentForm
from assessments.forms.replying import ReplyForm
from assessments.forms.review import AskReplyForm, RemarkForm

__all__ = ["AskReplyForm", "AssessmentForm", "RemarkForm", "ReplyForm"]
