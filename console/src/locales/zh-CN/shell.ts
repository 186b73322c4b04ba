import type { shell as en } from '../en/shell.ts';

export const shell: typeof en = {
  skip: '跳到正文',
  mainNav: '主导航',
  openNav: '打开菜单',
  groups: { experiment: '实验', measure: '度量', verify: '校验' },
  pages: {
    home: '首页',
    experiments: '实验',
    planner: '样本量规划',
    flags: '功能开关',
    segments: '人群',
    metrics: '指标',
    lookup: '用户查询',
    live: '实时事件',
    connect: '接入应用',
    settings: '设置',
  },
  environment: '环境',
  account: '账号',
  language: '语言：切换为英文',
  theme: '主题',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  signOut: '退出登录',
  roles: { admin: '管理员', editor: '编辑者', analyst: '分析师', viewer: '查看者' },
  notFound: { title: '没有这个页面', text: '地址可能有误，或页面已移动。', home: '回到首页' },
};
