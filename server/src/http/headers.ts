import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** Security headers of console and API. Nothing inline, nothing from elsewhere; HSTS where people come by https. */
export function securityHeaders(url: string): RequestHandler {
  const https = url.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: https && { maxAge: 15_552_000 },
    xFrameOptions: { action: 'deny' },
  });
}
