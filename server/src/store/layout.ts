/** Names inside the data folder, and inside a backup. */
export const databaseFile = 'assay.db';
export const eventsFolder = 'events';
