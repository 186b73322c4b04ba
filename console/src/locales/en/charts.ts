export const charts = {
  viewTable: 'View as table',
  viewChart: 'View as chart',
};
