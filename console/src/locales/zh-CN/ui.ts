import type { ui as en } from '../en/ui.ts';

export const ui: typeof en = {
  close: '关闭',
  copy: '复制',
  copied: '已复制',
  retry: '重试',
  loading: '加载中…',
  breadcrumbs: '当前位置',
  requestId: '请求编号',
  errors: {
    invalid: { title: '内容还不合规', next: '请按下方提示修改后重试。' },
    unauthenticated: { title: '登录已失效', next: '请重新登录后继续。' },
    forbidden: { title: '你的角色无权执行此操作', next: '管理员可在“设置 · 成员”中调整你的角色。' },
    not_found: { title: '此地址没有内容', next: '可能已改名或归档，请回到列表查找。' },
    conflict: { title: '期间有人修改过', next: '请载入最新版本，确认后再提交你的修改。' },
    locked: { title: '实验进行中，已锁定', next: '请填写原因后修订进行中的方案，或先停止实验。' },
    too_large: { title: '内容过大', next: '请减少单次提交的内容。' },
    rate_limited: { title: '尝试次数过多', next: '请稍等一分钟再试。' },
    unavailable: {
      title: '服务器繁忙',
      next: '为保证已接收的事件安全，服务器正在限流，请稍后再试。',
    },
    internal: { title: '服务器出错了', next: '请重试；若仍出现，请用请求编号查看服务器日志。' },
    offline: { title: '服务器没有响应', next: '请确认服务器正在运行且网络已连接。' },
  },
};
