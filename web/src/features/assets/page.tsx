/** Placeholder of the build-up. */
export const AssetsPage = () => <h1>AssetsPage</h1>;
