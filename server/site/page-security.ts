/** What a browser may do on our pages: helmet's headers, with a content security policy that fits a player. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Presentations of any server may be played here, over http on a local network too. */
const ANYWHERE = ["'self'", 'http:', 'https:'];

/**
 * Scripts come from here alone, never out of the text of a page. Styles may stand in pages, since the player's controls
 * bring theirs in their shadow trees. Media reaches the screen as `blob:` (MSE), captions and pictures also as files.
 */
const POLICY = {
  'default-src': ["'self'"],
  'base-uri': ["'none'"],
  'connect-src': ANYWHERE,
  'font-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'self'"],
  'img-src': [...ANYWHERE, 'blob:', 'data:'],
  'media-src': [...ANYWHERE, 'blob:'],
  'object-src': ["'none'"],
  'script-src': ["'self'"],
  'script-src-attr': ["'none'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'worker-src': ["'self'", 'blob:'],
};

/**
 * Nothing here says anything about TLS: that is for whoever puts it before this server. Without TLS, as on a home network,
 * browsers complain about an opener policy and about agent clusters in the console of every page, and heed neither.
 */
export function createPageSecurity(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
  });
}
