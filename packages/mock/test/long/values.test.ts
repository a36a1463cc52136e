import { compareValues } from "../every-answer.ts";

compareValues({
  "adyen-checkout.yaml": [28, 0],
  "adyen-management.yaml": [134, 3],
  "openai.yaml": [288, 10],
  "twilio-api.yaml": [197, 68],
  "twilio-verify.yaml": [57, 2],
});
