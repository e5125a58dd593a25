// A real OpenID Connect provider (oidc-provider, certified by the OpenID Foundation) with two people and no password, on a
// host of its own: what tests/browser/run tells Parley to sign people in with. `provider.mjs PORT CLIENT_ID SECRET CALLBACK`
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, clientId, clientSecret, callback] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

const people = {
    "odile-7": { name: "Odile Marr", preferred_username: "odile.marr", email: "odile@id.example", email_verified: true, groups: ["readers"] },
    "mira-8": { name: "Mira Holt", preferred_username: "mira.holt", email: "mira@id.example", email_verified: true, groups: ["community-desk"] },
};

const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback], grant_types: ["authorization_code"], response_types: ["code"] }],
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "groups"], email: ["email", "email_verified"] },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ["for these journeys only"] },
});

// Who are you? A link for each person, and one that says no.
async function interact(request, response) {
    const { uid, prompt, params, session } = await provider.interactionDetails(request, response);
    const chosen = new URL(request.url, issuer).searchParams.get("as");
    if (chosen === "nobody")
        return provider.interactionFinished(request, response, { error: "access_denied", error_description: "Said no" });
    if (prompt.name === "consent" || chosen) {
        const accountId = chosen ?? session.accountId;
        const grant = new provider.Grant({ accountId, clientId: params.client_id });
        grant.addOIDCScope(params.scope);
        const grantId = await grant.save();
        return provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId } });
    }
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    const links = [...Object.keys(people), "nobody"].map((id) => `<p><a href="/interaction/${uid}?as=${id}">${people[id]?.name ?? "Nobody"}</a></p>`);
    return response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Provider</title><h1>Who are you?</h1>${links.join("")}</html>`);
}

const answer = provider.callback();
createServer((request, response) => {
    if (request.url.startsWith("/interaction/"))
        interact(request, response).catch((error) => {
            console.error(error);
            response.statusCode = 500;
            response.end("the provider failed");
        });
    else answer(request, response);
}).listen(Number(port), "127.0.0.1");
