import type { session as en } from '../en/session.ts';

export const session: typeof en = {
  tagline: 'A/B 实验与功能开关',
  signIn: {
    title: '登录',
    email: '邮箱',
    password: '密码',
    go: '登录',
    wrong: '邮箱或密码不正确。',
    ended: '登录已过期。重新登录后会回到刚才的页面。',
    forgot: '忘记密码？管理员可在“设置 · 成员”中重设。',
  },
  first: {
    title: '初始化 Assay',
    text: '你是第一位用户。此账号将成为管理员，之后可再添加成员。',
    name: '姓名',
    email: '邮箱',
    password: '密码',
    passwordHint: '至少 12 个字符。',
    short: (missing) => `还差 ${missing} 个字符。`,
    go: '创建管理员',
    noToken: '请打开初始化链接',
    noTokenText: '服务器启动时打印了一个一次性链接。请在此浏览器中打开它，以证明这台服务器属于你。',
    noTokenWhere: '请在其输出中查找类似这样的一行：',
    done: '服务器已完成初始化。',
    toSignIn: '前往登录',
  },
};
