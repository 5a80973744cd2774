/**
 * Stands in for the SDK's chain of credential providers in the deployed bundles. Lambda hands a function its
 * role's credentials in these three variables; the rest of the chain (profiles, SSO, web identity, instance
 * metadata) never runs there, and is a fifth of a bundle.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  sessionToken: process.env.AWS_SESSION_TOKEN ?? '',
});
