/** Where every sample finds the API key. */
export const apiKeyVariable = "SPHERE_API_KEY";
