/** What a view's widget shows now; the component follows it while the widget's text changes. */
export class LiveView {
  name = $state('');
  body = $state('');
  open = $state(false);

  constructor(shown: { name: string; body: string; open: boolean }) {
    this.take(shown);
  }

  /** Takes what is shown from now on. */
  take({ name, body, open }: { name: string; body: string; open: boolean }): void {
    this.name = name;
    this.body = body;
    this.open = open;
  }
}
