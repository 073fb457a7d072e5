import pc from 'picocolors';

/** Writes one line a request, many at a time: a write to the terminal for each would cost more than the request. */
export function requestLines(write: (text: string) => void, colors: boolean) {
  const { green, yellow, red, dim } = pc.createColors(colors);
  let waiting = '';
  const flush = () => {
    write(waiting);
    waiting = '';
  };
  return (method: string, path: string, status: number, milliseconds: number): void => {
    if (waiting === '') setTimeout(flush, 20).unref();
    const color = status >= 500 ? red : status >= 400 ? yellow : green;
    waiting += `${color(String(status))} ${method} ${path} ${dim(`${milliseconds.toFixed(0)} ms`)}\n`;
  };
}
