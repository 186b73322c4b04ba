export const charts = {
  viewTable: '以表格查看',
  viewChart: '以图表查看',
};
