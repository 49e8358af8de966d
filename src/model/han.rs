//! Traditional Chinese characters, and the simplified ones that the data files are written in.

use std::sync::LazyLock;

/// Pairs of a traditional character and its simplified form: those that texts about systems are made of.
const PAIRS: &str = "與与 兩两 個个 為为 麼么 義义 雲云 產产 僅仅 從从 倉仓 們们 優优 會会 傳传 體体 儲储 創创 則则 冊册 寫写 單单 庫库 應应 廣广 當当 錄录 徑径 總总 戶户 \
     執执 擴扩 護护 報报 擇择 據据 換换 斷断 無无 時时 術术 權权 來来 構构 標标 檢检 溝沟 測测 靈灵 點点 環环 現现 發发 監监 視视 種种 稱称 筆笔 簽签 簡简 節节 類类 \
     係系 級级 約约 組组 細细 終终 紹绍 經经 結结 給给 絡络 絕绝 統统 繼继 續续 緩缓 編编 網网 職职 聯联 裝装 規规 觸触 訊讯 詢询 該该 詳详 語语 說说 請请 讀读 調调 \
     計计 訂订 讓让 記记 許许 論论 設设 訪访 證证 話话 負负 責责 費费 資资 賴赖 輸输 輪轮 載载 輯辑 較较 轉转 邊边 過过 運运 還还 這这 進进 連连 遲迟 遞递 選选 適适 \
     鏈链 錯错 鍵键 鏡镜 問问 間间 閱阅 隊队 隨随 須须 頒颁 題题 饋馈 驅驱 驟骤 務务 動动 勢势 區区 協协 匯汇 參参 變变 號号 啟启 啓启 響响 喚唤 圖图 塊块 處处 備备 \
     復复 複复 夠够 實实 審审 導导 對对 將将 層层 屬属 帶带 幫帮 並并 強强 後后 態态 擁拥 擊击 掛挂 數数 歸归 決决 沒没 況况 濾滤 營营 獲获 獨独 畫画 異异 盡尽 確确 \
     碼码 離离 積积 穩稳 範范 篩筛 維维 線线 縮缩 聽听 腦脑 臨临 舉举 舊旧 補补 製制 見见 觀观 訓训 託托 評评 詞词 試试 誤误 課课 講讲 識识 譯译 議议 軟软 輔辅 輕轻 \
     轄辖 迴回 遠远 遷迁 釋释 銷销 鎖锁 門门 開开 關关 閉闭 陣阵 隱隐 雙双 雜杂 難难 電电 靜静 頁页 項项 順顺 預预 領领 頭头 頻频 額额 顯显 餘余 驗验 叢丛 佇伫 \
     慮虑 擾扰 釐厘 閘闸 檔档 齊齐 歷历 嘗尝 誰谁 讚赞 貫贯 購购 貨货 價价 條条 擬拟 滿满 濟济 衝冲 親亲 譽誉 賬账 販贩 質质 趕赶 跡迹 躍跃 鄰邻 鈎钩 鋪铺";

/// The unified ideographs of the first block, each with its simplified form.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut simplified: Vec<char> = (FIRST..='\u{9fff}').collect();
    for pair in PAIRS.split_whitespace() {
        let mut signs = pair.chars();
        if let (Some(traditional), Some(simple)) = (signs.next(), signs.next())
            && let Some(form) = simplified.get_mut(place(traditional))
        {
            *form = simple;
        }
    }
    simplified
});

const FIRST: char = '\u{4e00}';

/// The place of a character in the block.
fn place(character: char) -> usize {
    (character as usize).wrapping_sub(FIRST as usize)
}

/// The simplified form of a character.
pub(super) fn simplified(character: char) -> char {
    if (FIRST..='\u{9fff}').contains(&character) {
        SIMPLIFIED
            .get(place(character))
            .copied()
            .unwrap_or(character)
    } else {
        character
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_are_simplified_and_others_stay() {
        let simple = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(simple("控制節點與容器執行環境"), "控制节点与容器执行环境");
        assert_eq!(simple("kubelet は ノード"), "kubelet は ノード");
        assert!(
            PAIRS
                .split_whitespace()
                .all(|pair| pair.chars().count() == 2)
        );
    }
}
