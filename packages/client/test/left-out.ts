/** What of the sample documents is no method of the client, and why: documents, and in them operations. */
export const leftOut: Record<string, Record<string, string>> = {
  "next-3.2": {
    sendReports: "The body is multipart/mixed, and FormData makes multipart/form-data only.",
  },
  security: {
    triggerAvalanche: "It asks for oldClerk, and the HTTP scheme digest needs more than one request.",
  },
};
