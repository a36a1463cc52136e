/** Version of this package; the build puts in that of `package.json`. */
export const version = "0.0.0-source";
