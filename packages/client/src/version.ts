/** Version of the package, for the `User-Agent`. The build writes it here; what runs from the source has none. */
export const version = "0.0.0-source";
