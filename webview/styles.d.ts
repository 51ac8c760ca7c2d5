/** Style sheets are bundled by the build; scripts only import them by name. */
declare module '*.css';
