// Of the package's types, which would bring those of the browser into every package here, as much as is used.
declare module "jsdom" {
  export class JSDOM {
    constructor(html: string, options?: { url: string; runScripts: "outside-only"; pretendToBeVisual: boolean });
    readonly window: Window & typeof globalThis;
  }
}
