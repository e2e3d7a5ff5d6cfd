// The certified provider of the npm package oidc-provider, strict: PKCE S256, private_key_jwt, one
// use of every assertion.  argv: people as JSON, our public key as JWK, the address to come back to.
import http from "node:http";
import { once } from "node:events";
import Provider from "oidc-provider";

const [people, key, back] = process.argv.slice(2);
const PEOPLE = JSON.parse(people);
const server = http.createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://localhost:${server.address().port}`;
const LEVELS = [...new Set(Object.values(PEOPLE).map((one) => one.acr))];
const provider = new Provider(issuer, {
  clients: [{
    client_id: "gemeente",
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "PS256",
    jwks: { keys: [JSON.parse(key)] },
    redirect_uris: [back],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  claims: { openid: ["sub", "bsn", "acr"] },
  conformIdTokenClaims: false,
  acrValues: LEVELS,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
});
// A person is chosen by name in the address, where a real broker would ask for a password.
async function choose(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const who = new URL(request.url, issuer).searchParams.get("who");
  const grant = new provider.Grant({ accountId: who, clientId: params.client_id });
  grant.addOIDCScope("openid");
  const result = {
    login: { accountId: who, acr: PEOPLE[who].acr },
    consent: { grantId: await grant.save() },
  };
  await provider.interactionFinished(request, response, result);
}
server.on("request", (request, response) => {
  if (!request.url.startsWith("/interaction/")) return provider.callback()(request, response);
  return choose(request, response).catch((problem) => response.writeHead(500).end(String(problem)));
});
console.log(`port ${server.address().port}`);
process.stdin.on("end", () => process.exit(0)).resume();
setTimeout(() => process.exit(1), 120_000);
