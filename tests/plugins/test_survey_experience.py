from pb_engine.plugins.pb_experience import pb_register_trust_surveys
from pb_engine.testing import TrustSurveyContract


class TestExperienceKeepsTheContract(TrustSurveyContract):
    (survey,) = pb_register_trust_surveys()
