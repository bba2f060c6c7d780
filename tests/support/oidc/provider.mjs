// An OpenID provider for the tests; its one argument is JSON: apps, secret, accounts (provider.py).
// Prints its issuer on one line when it listens, and lives as long as its standard input is open.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { apps, secret, accounts } = JSON.parse(process.argv[2]);
const callbacks = apps.map((app) => `${app}/oauth2callback`);

const server = createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'board',
    client_secret: secret,
    redirect_uris: callbacks,
    post_logout_redirect_uris: callbacks,
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  // The board reads the ID token alone, like the providers that put the address there.
  conformIdTokenClaims: false,
  ttl: { IdToken: lifetime, AccessToken: 60, Grant: 3600, Interaction: 600, Session: 3600 },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { logoutSource } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async findAccount(_, id) {
    const { password, lifetime: _lifetime, ...claims } = accounts[id];
    return { accountId: id, claims: () => ({ sub: id, ...claims }) };
  },
  // Whoever has signed in has consented: the board is the house's own.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

function lifetime(ctx) {
  return accounts[ctx.oidc.session?.accountId ?? ctx.oidc.account.accountId].lifetime ?? 3600;
}

function logoutSource(ctx, form) {
  ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
}

const page = (body) => `<!doctype html><html lang="en"><title>Provider</title><body>${body}</body></html>`;

const form = (said) => page(`<h1>Provider</h1><p>${said}</p><form method="post">
  <label>Account <input name="account"></label>
  <label>Password <input name="password" type="password"></label>
  <button>Continue</button></form>`);

async function read(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}

async function login(request, response) {
  const told = await read(request);
  const account = told.get('account');
  if (Object.hasOwn(accounts, account) && accounts[account].password === told.get('password')) {
    return provider.interactionFinished(request, response, { login: { accountId: account } });
  }
  return response.writeHead(403, { 'content-type': 'text/html' }).end(form('Wrong password'));
}

server.on('request', (request, response) => {
  if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response);
  if (request.method === 'POST') return login(request, response);
  return response.writeHead(200, { 'content-type': 'text/html' }).end(form(''));
});
console.log(issuer);
process.stdin.on('end', () => process.exit()).resume();
