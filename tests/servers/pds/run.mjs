// Starts a real Bluesky PDS, and the directory of identities (PLC) that the PDS needs.
// The directory is kept in memory. By default both servers would listen on every
// network interface; this program makes them listen on 127.0.0.1 only.
//
// Start it in the folder that contains node_modules, with these environment variables:
// - PDS_PORT, PLC_PORT: two free ports
// - PDS_DATA: an empty folder
// - PDS_JWT_SECRET: the secret with which the PDS signs sessions
// - PDS_RATE_LIMITS=1: the PDS limits requests as the public service does
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import { createRequire } from 'node:module'
import path from 'node:path'

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) {
  if (typeof port !== 'number') throw new Error('only ports can be listened on here')
  return listen.call(this, { port, host: '127.0.0.1' }, ...rest)
}

const require = createRequire(path.join(process.cwd(), 'package.json'))
const { PlcServer, Database } = require('@did-plc/server')
const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')

const data = process.env.PDS_DATA
const folder = (name) => {
  fs.mkdirSync(path.join(data, name), { recursive: true })
  return path.join(data, name)
}
const settings = {
  devMode: true,
  port: Number(process.env.PDS_PORT),
  hostname: 'localhost',
  serviceHandleDomains: ['.test'],
  dataDirectory: data,
  actorStoreDirectory: folder('actors'),
  blobstoreDiskLocation: folder('blobs'),
  blobstoreDiskTmpLocation: folder('blobs-coming'),
  didPlcUrl: `http://127.0.0.1:${process.env.PLC_PORT}`,
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
  jwtSecret: process.env.PDS_JWT_SECRET,
  dpopSecret: randomBytes(32).toString('hex'),
  adminPassword: randomBytes(16).toString('hex'),
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: process.env.PDS_RATE_LIMITS === '1',
  // There is no app view here: nothing listens on this port.
  bskyAppViewUrl: 'http://127.0.0.1:9',
  bskyAppViewDid: 'did:web:localhost',
}

const plc = PlcServer.create({ db: Database.mock(), port: Number(process.env.PLC_PORT) })
await plc.start()
const pds = await PDS.create(envToCfg(settings), envToSecrets(settings))
await pds.start()
process.stdout.write('ready\n')

process.on('SIGTERM', async () => {
  await pds.destroy()
  await plc.destroy()
  process.exit(0)
})
