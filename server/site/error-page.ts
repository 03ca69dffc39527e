/** A page for what went wrong before any of the built pages could say it. It needs no file, no script, no style sheet. */
import { STATUS_CODES } from 'node:http';
import type { HttpError } from '../http/http-error.ts';

export function renderErrorPage({ status, message }: HttpError): { type: string; body: string } {
  const heading = STATUS_CODES[status] ?? `Status ${status}`;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(heading)} · Weir</title>
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(message)}</p>
<p><a href="/">To the library</a></p>
</html>
`;
  return { type: 'text/html; charset=utf-8', body };
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
