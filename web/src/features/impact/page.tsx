/** Placeholder of the build-up. */
export const ImpactPage = () => <h1>ImpactPage</h1>;
