import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

/** The entry of a zip under one path. */
export type ZipEntry =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string };

export interface ZipLimits {
  /** Bytes of all files together. */
  readonly size: number;
  /** Bytes of one path. */
  readonly path: number;
}

/** A mistake in a zip. */
export class ZipError extends Error {
  constructor(
    readonly kind: 'broken' | 'tooLarge' | 'outside',
    message: string,
  ) {
    super(message);
    this.name = 'ZipError';
  }
}

const inflate = promisify(zlib.inflateRaw);

const END = 0x06054b50;
const END_LENGTH = 22;
const END64 = 0x06064b50;
const END64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const CENTRAL_LENGTH = 46;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const ZIP64_FIELD = 1;
const UNIX = 3;
/** Bits of a general purpose flag: encrypted, patched data, strong encryption, masked headers. */
const UNREADABLE = 0x0001 | 0x0020 | 0x0040 | 0x2000;
const LONGEST_NAME = 255;
/** Bytes that are unpacked sooner than another thread has been asked to. */
const SMALL = 64 * 1024;
/** Links on the way of a path; as many as Linux follows. */
const MOST_LINKS = 40;

interface Header {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly at: number;
  /** Type and permissions, where the zip was made on a Unix system. */
  readonly mode: number | undefined;
}

/**
 * Reads a whole zip (PKWARE's APPNOTE) and believes none of it: sizes and checksums are verified, names stay inside,
 * what no file system could hold side by side is refused. Of two files of one path the later one counts.
 * @throws ZipError
 */
export async function readZip(zip: Uint8Array, limits: ZipLimits): Promise<readonly ZipEntry[]> {
  const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const headers = parsed(() => headersOf(buffer));
  if (headers.reduce((sum, { size }) => sum + size, 0) >= limits.size) {
    throw new ZipError('tooLarge', `Unzipped size must be smaller than ${limits.size} bytes`);
  }
  const entries = new Map<string, ZipEntry>();
  for (const header of headers) {
    const path = pathOf(header.path, limits.path);
    if (path === '') {
      if (header.path.endsWith('/')) continue;
      throw broken(`${JSON.stringify(header.path)} is no name of a file`);
    }
    const entry = await entryOf(buffer, header, path);
    const before = entries.get(path);
    if (before && before.kind !== entry.kind) throw broken(`${path} is a ${before.kind} and a ${entry.kind}`);
    entries.set(path, entry);
  }
  checkTree(entries);
  return [...entries.values()];
}

/**
 * Checks what is to be side by side in one folder: nothing lies below a file or a link, and no link leads out.
 * @throws ZipError
 */
export function checkTree(entries: ReadonlyMap<string, ZipEntry>): void {
  for (const { kind, path } of entries.values()) {
    for (const parent of parentsOf(path)) {
      const above = entries.get(parent);
      if (above && above.kind !== 'folder') throw broken(`${parent} is a ${above.kind}, and ${path} is below it`);
    }
    if (kind === 'link' && !staysInside(path, entries)) {
      throw new ZipError('outside', `The zip holds a link that leads out of it: ${JSON.stringify(path)}`);
    }
  }
}

/** The folders above a path, from the nearest one on. */
export function* parentsOf(path: string): Generator<string> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) yield path.slice(0, at);
}

function headersOf(buffer: Buffer): readonly Header[] {
  const { count, at, end } = directoryOf(buffer);
  const headers: Header[] = [];
  let next = at;
  for (let i = 0; i < count; i++) {
    if (buffer.readUInt32LE(next) !== CENTRAL) throw broken('its directory is shorter than it says');
    const name = next + CENTRAL_LENGTH;
    const extra = name + buffer.readUInt16LE(next + 28);
    const comment = extra + buffer.readUInt16LE(next + 30);
    const following = comment + buffer.readUInt16LE(next + 32);
    if (following > end) throw broken('its directory is longer than it says');
    const host = buffer.readUInt8(next + 5);
    headers.push({
      path: textOf(buffer.subarray(name, extra)),
      flags: buffer.readUInt16LE(next + 8),
      method: buffer.readUInt16LE(next + 10),
      crc: buffer.readUInt32LE(next + 16),
      ...sizesOf(buffer, next, buffer.subarray(extra, comment)),
      mode: host === UNIX ? buffer.readUInt32LE(next + 38) >>> 16 : undefined,
    });
    next = following;
  }
  return headers;
}

/** Where the directory is, by the record at the end of the file, behind which only a comment may come. */
function directoryOf(buffer: Buffer): { readonly count: number; readonly at: number; readonly end: number } {
  const first = Math.max(0, buffer.length - END_LENGTH - 0xffff);
  for (let at = buffer.length - END_LENGTH; at >= first; at--) {
    if (buffer.readUInt32LE(at) !== END || at + END_LENGTH + buffer.readUInt16LE(at + 20) !== buffer.length) continue;
    const locator = at - 20;
    if (locator >= 0 && buffer.readUInt32LE(locator) === END64_LOCATOR) {
      const record = number64(buffer, locator + 8);
      if (buffer.readUInt32LE(record) !== END64) throw broken('its end is not where it says');
      return { count: number64(buffer, record + 32), at: number64(buffer, record + 48), end: record };
    }
    return { count: buffer.readUInt16LE(at + 10), at: buffer.readUInt32LE(at + 16), end: at };
  }
  throw broken('it has no end');
}

/** Sizes and place of an entry; where 32 bits are too few for one, it is in the field of Zip64. */
function sizesOf(buffer: Buffer, at: number, extra: Buffer) {
  let field: Buffer | undefined;
  for (let next = 0; next + 4 <= extra.length; next += 4 + extra.readUInt16LE(next + 2)) {
    if (extra.readUInt16LE(next) === ZIP64_FIELD) {
      field = extra.subarray(next + 4, next + 4 + extra.readUInt16LE(next + 2));
    }
  }
  let used = 0;
  const value = (short: number): number => {
    if (short !== 0xffffffff || field === undefined) return short;
    used += 8;
    return number64(field, used - 8);
  };
  // Their order in the field is this one.
  const size = value(buffer.readUInt32LE(at + 24));
  const compressed = value(buffer.readUInt32LE(at + 20));
  return { size, compressed, at: value(buffer.readUInt32LE(at + 42)) };
}

function number64(buffer: Buffer, at: number): number {
  const value = buffer.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('it says a number that is too large');
  return Number(value);
}

/** Names are UTF-8, said or not; what is not is of an old system, whose letters matter to nobody here. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** The path without empty parts and `.`. */
function pathOf(name: string, longest: number): string {
  const parts = name.split('/');
  if (
    name.startsWith('/') ||
    name.split(/[\\/]/).includes('..') ||
    /^[\\]|^[A-Za-z]:/.test(name) ||
    name.includes('\0')
  ) {
    throw new ZipError('outside', `The zip holds a path that leads out of it: ${JSON.stringify(name)}`);
  }
  if (Buffer.byteLength(name) > longest || parts.some((part) => Buffer.byteLength(part) > LONGEST_NAME)) {
    throw broken('it has a name that is too long');
  }
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}

async function entryOf(buffer: Buffer, header: Header, path: string): Promise<ZipEntry> {
  const { mode } = header;
  if (header.flags & UNREADABLE) throw broken(`${path} is encrypted`);
  const type = mode === undefined ? 0 : mode & 0o170000;
  if (header.path.endsWith('/') || type === 0o040000) return { kind: 'folder', path };
  if (type !== 0 && type !== 0o100000 && type !== 0o120000) throw broken(`${path} is neither a file nor a link`);
  const bytes = await contentOf(buffer, header, path);
  if (type === 0o120000) return { kind: 'link', path, target: textOf(bytes) };
  // Zips of other systems do not say, and a package may hold programs.
  return { kind: 'file', path, bytes, executable: mode === undefined || mode === 0 || (mode & 0o111) !== 0 };
}

async function contentOf(buffer: Buffer, header: Header, path: string): Promise<Buffer> {
  const { at, compressed, size, method } = header;
  if (at + LOCAL_LENGTH > buffer.length || buffer.readUInt32LE(at) !== LOCAL)
    throw broken(`${path} is not where it says`);
  const start = at + LOCAL_LENGTH + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
  const stored = buffer.subarray(start, start + compressed);
  if (stored.length !== compressed) throw broken(`${path} is cut off`);
  if (method !== 0 && method !== 8) throw broken(`${path} is compressed in a way that is not known`);
  const bytes = method === 0 ? stored : await inflated(stored, size, path);
  if (bytes.length !== size) throw broken(`${path} has another size than it says`);
  if (zlib.crc32(bytes) !== header.crc) throw broken(`${path} has another checksum than it says`);
  return bytes;
}

async function inflated(stored: Buffer, size: number, path: string): Promise<Buffer> {
  // One byte more than there should be is enough to know.
  const options = { maxOutputLength: size + 1 };
  try {
    return size < SMALL ? zlib.inflateRawSync(stored, options) : await inflate(stored, options);
  } catch {
    throw broken(`${path} can not be unpacked to the size that it says`);
  }
}

/** True if a link leads to a place inside, also through other links. The target need not exist. */
function staysInside(link: string, entries: ReadonlyMap<string, ZipEntry>): boolean {
  let followed = 0;
  const at: string[] = [];
  const ahead = link.split('/');
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (at.pop() === undefined) return false;
      continue;
    }
    at.push(part);
    const entry = entries.get(at.join('/'));
    if (entry?.kind !== 'link') continue;
    if (entry.target === '' || /^[\\/]|^[A-Za-z]:|\0/.test(entry.target) || ++followed > MOST_LINKS) return false;
    at.pop();
    ahead.unshift(...entry.target.split(/[\\/]/));
  }
  return true;
}

const broken = (reason: string): ZipError => new ZipError('broken', reason);

/** Reading past the end of the zip is one more way to be broken. */
function parsed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? broken('it ends too early') : error;
  }
}
